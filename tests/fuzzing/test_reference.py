"""Any array, or what is none, handed to the layers that compute by hand."""

import hypothesis.strategies as st
from hypothesis import given

from helpers import reference
from helpers.reference import composition, sliding
from helpers.reference.loop import conv2d_loop
from tests.fuzzing.guarded import guarded
from tests.fuzzing.odd_values import arrays, filled, mostly, values
from tests.fuzzing.profiles import examples

small, lengths = st.integers(1, 4), st.integers(1, 9)
images = mostly(st.tuples(lengths, lengths, small).flatmap(filled) | arrays(3, 4))
kernels = mostly(st.tuples(small, small, small, small).flatmap(filled) | arrays(4, 4))
planes = mostly(st.tuples(lengths, lengths).flatmap(filled) | arrays(0, 3))
numbers = small | st.integers(1, 60) | st.sampled_from([700, 10**5])
sizes = mostly(numbers | st.tuples(numbers, numbers))
few = mostly(small | st.tuples(small, small))  # plain loops are slow by what they are
paddings = st.sampled_from(["valid", "same", "full"]) | sizes
options = st.fixed_dictionaries({}, optional={"stride": sizes, "padding": paddings,
                                              "dilation": sizes})


@examples(60)
@given(images, kernels, options, st.none() | arrays() | values)
def test_convolutions(image, kernel, options, bias):
    guarded(lambda: reference.conv2d(image, kernel, bias=bias, **options), ValueError)


@examples(20)
@given(images, kernels, few, few, few)
def test_convolutions_by_loops(image, kernel, stride, padding, dilation):
    guarded(lambda: conv2d_loop(image, kernel, stride=stride, padding=padding, dilation=dilation),
            ValueError)


@examples(60)
@given(images, sizes, st.none() | sizes, paddings)
def test_poolings(image, pool, stride, padding):
    for pooling in (reference.max_pool2d, reference.avg_pool2d):
        guarded(lambda pooling=pooling: pooling(image, pool, stride=stride, padding=padding),
                ValueError)
    guarded(lambda: reference.global_average_pool(image), ValueError)


@examples(60)
@given(planes, planes, planes)
def test_dense_layers(x, weights, bias):
    guarded(lambda: reference.dense(x, weights, bias), ValueError)
    guarded(lambda: reference.relu(x), ValueError)
    guarded(lambda: reference.softmax(x), ValueError)


@examples(60)
@given(planes, planes, sizes, sizes, options, sizes, st.sampled_from(["max", "average"]) | values)
def test_steps_of_a_sliding_window(image, kernel, row, column, options, pool, mode):
    guarded(lambda: sliding.window_step(image, kernel, row, column, **options), ValueError)
    guarded(lambda: sliding.window_steps(image, kernel, **options), ValueError)
    guarded(lambda: sliding.pooling_step(image, row, column, pool_size=pool,
                                         stride=options.get("stride"), mode=mode), ValueError)


@examples(40)
@given(kernels, kernels, st.none() | planes, st.none() | planes, sizes)
def test_composed_convolutions(first, second, first_bias, second_bias, stride):
    guarded(lambda: composition.compose_kernels(
        first, second, first_bias=first_bias, second_bias=second_bias, first_stride=stride),
        ValueError)
