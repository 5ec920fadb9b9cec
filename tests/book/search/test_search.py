"""The book's search: what students type, and which page or entry comes first."""

import json

import pytest

from tests.book.search.asking import first_place

CHAPTER = dict(enumerate(
    ["01_convolution", "02_padding_and_stride", "03_pooling", "04_basic_convnet",
     "05_looking_inside", "06_better_and_faster", "07_vgg", "08_when_training_collapses",
     "09_transfer_learning", "10_pytorch", "11_your_own_handwriting", "12_many_machines"],
    start=1))
# What is typed, the chapters that answer it, and the term of the glossary, if there is one.
QUERIES = [
    ("padding", [2], "padding"), ("same padding", [2], "same-padding"),
    ("valid padding", [2], "valid-padding"), ("kernel flip", [1], ""), ("flip", [1, 6], ""),
    ("rotate", [1, 6], ""), ("receptive field", [2], "receptive-field"),
    ("dropout", [6], "dropout"), ("vgg16", [7], ""), ("webcam", [11], ""),
    ("loss nan", [8, 10], ""), ("NaN", [8, 10], ""), ("overfitting", [4, 6], "overfitting"),
    ("1x1 convolution", [1, 7], "1x1-convolution"),
    ("1x1", [1, 7], "1x1-convolution"), ("im2col", [1], "im2col"),
    ("number of parameters", [1, 4, 7], "parameter"), ("conv2d", [1, 10], ""),
    ("learning rate", [6, 8], "learning-rate"), ("paddding", [2], "padding"),
    ("backpropagation", [4], "backpropagation"), ("softmax", [4], "softmax"),
    ("maxpool", [3], "max-pooling"), ("max pooling", [3], "max-pooling"),
    ("stride 2", [2, 3], "stride"), ("batch normalization", [6], "batch-normalisation"),
    ("batchnorm", [6], "batch-normalisation"), ("data augmentation", [6], "data-augmentation"),
    ("transfer learning", [9], "transfer-learning"), ("pytorch", [10], ""),
    ("confusion matrix", [4], "confusion-matrix"), ("dilation", [2], "dilation"),
    ("cross entropy", [4], "cross-entropy"), ("early stopping", [6], "early-stopping"),
    ("relu", [4, 7, 8], "ReLU"), ("channels first", [10], ""), ("occlusion", [5], "occlusion"),
    ("recpetive field", [2], "receptive-field"), ("convoluton", [1], "convolution"),
    ("data parallel", [12], "data-parallelism"), ("all-reduce", [12], "all-reduce"),
    ("how to train on my own photos", [11, 9], ""), ("합성곱", [1], "convolution"),
    ("패딩", [2], "padding"), ("스트라이드", [2], "stride"), ("풀링", [3], "pooling"),
    ("과적합", [4, 6], "overfitting"), ("수용 영역", [2], "receptive-field"),
]
# A second list: other words, other spellings, two words that are one, questions.
FURTHER = [
    ("what is a convolution", [1], "convolution"), ("cross-correlation", [1], "cross-correlation"),
    ("edge detection", [1], ""), ("sobel", [1, 4], ""), ("feature map", [1], "feature-map"),
    ("output size formula", [2], ""), ("zero padding", [2], ""),
    ("sliding window", [1], ""),
    ("global average pooling", [3], "global-average-pooling"),
    ("translation invariance", [1, 3], "invariance"),
    ("flatten", [4], "flatten"), ("one hot encoding", [4], "one-hot"), ("batch size", [4], "batch"),
    ("adam optimizer", [4, 6, 8], "Adam"), ("vanishing gradients", [8], ""),
    ("weight decay", [6], "regularisation"), ("regularization", [6], "regularisation"),
    ("saliency map", [5], "saliency-map"),
    ("gradcam", [5], "Grad-CAM"), ("t-sne", [5], "t-SNE"), ("fine tuning", [9], "fine-tuning"),
    ("imagenet", [9], "ImageNet"), ("freeze layers", [9], ""), ("skip connection", [7, 8, 9], ""),
    ("nn.Conv2d", [10], ""), ("dataloader", [10], ""), ("state_dict", [10], ""),
    ("training loop", [10], "training-loop"), ("dying relu", [4, 8], "dying-ReLU"),
    ("he initialization", [8, 10], "initialisation"), ("drop out", [6], "dropout"),
    ("overfiting", [4, 6], "overfitting"), ("receptive feild", [2], "receptive-field"),
    ("center of mass", [11], "centre-of-mass"), ("confidence calibration", [11], "calibration"),
    ("how many weights does a conv layer have", [1, 4, 7], "parameter"),
    ("활성화 함수", [4], "activation-function"), ("학습률", [6], "learning-rate"),
    ("역전파", [4], "backpropagation"), ("배치 정규화", [6], "batch-normalisation"),
    ("합성곱이란", [1], "convolution"),
]
MISSED = 4  # of these the first place may be another


@pytest.fixture(scope="module")
def index(site):
    text = (site / "_static/search_index.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("window.courseIndex=").split(";\nwindow.courseRest=")[0])


def test_the_index_knows_every_page_and_the_korean_names(index, page_order):
    places = {entry[0].partition("#")[0].removesuffix(".html") for entry in index}
    assert set(page_order) == places
    assert any("합성곱" in entry[4:] for entry in index if entry[2] == "term")


@pytest.mark.parametrize("queries", [QUERIES, FURTHER], ids=["first", "further"])
def test_what_students_type_finds_the_best_place_first(tab, address, queries):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{address}search.html")
    missed = {}
    for query, chapters, term in queries:
        place = first_place(tab, query, "Search finished")
        good = [f"notebooks/{CHAPTER[number]}.html" for number in chapters]
        if term:
            good.append(f"book/glossary.html#term-{term}")
        if not place.startswith(tuple(good)):
            missed[query] = place
    assert len(missed) <= MISSED, missed
    assert len([url for url in asked if "search_index" in url]) == 1
    assert not [url for url in asked if url.endswith(".html") and "search" not in url]
    assert tab.problems == []


def test_a_query_stays_text(tab, address):
    tab.goto(f"{address}search.html?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E")
    tab.locator("#search-summary", has_text="Search finished").wait_for()
    assert tab.locator("#search-results img").count() == 0


def test_suggestions_come_while_typing_and_are_reached_by_keyboard(tab, address):
    tab.goto(f"{address}book/intro.html")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("recept")
    links = tab.locator("#pst-search-dialog .suggested a")
    links.first.wait_for()
    assert "eceptive field" in links.first.inner_text()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('.suggested') !== null")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**#*")


def test_it_works_from_a_file(tab, site):
    tab.goto((site / "search.html").as_uri() + "?q=stride")
    tab.locator("#search-results li a").first.wait_for()
    assert tab.problems == []


def test_each_place_that_is_found_exists(site, index):
    pages = {}
    for place, *_ in index:
        name, _, anchor = place.partition("#")
        text = pages.setdefault(name, (site / name).read_text(encoding="utf-8"))
        assert not anchor or f'id="{anchor}"' in text, place
