# The only entry points of the course. Each target does the set-up that it needs.
# PYTHON names the interpreter to start from; without it the first suitable one is taken.
SHELL := /bin/sh
BIN := .venv/bin
SUITABLE := import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))
INSTALL_HELPERS := $(BIN)/python -m pip install --quiet --no-deps -e .
SITE := _build/html
# The checker of HTML that the W3C uses; npm, which comes with Node.js, brings it.
VNU := _build/tools/node_modules/vnu-jar/build/dist/vnu.jar
VNU_VERSION := 26.9.27
ON_CLUSTER = $(if $(SCHEDULER),--scheduler '$(SCHEDULER)')
CANDIDATES := python3 python3.11 python3.12 python3.13 python3.10
export TF_CPP_MIN_LOG_LEVEL ?= 3
export PIP_DISABLE_PIP_VERSION_CHECK = 1

# Notebooks run in their own folder, where a relative path would lead elsewhere.
ifneq ($(COURSE_DATA),)
  override COURSE_DATA := $(or $(shell cd "$(COURSE_DATA)" 2>/dev/null && pwd),$(COURSE_DATA))
  export COURSE_DATA
endif

# What is installed, in stages that are stamped: what the book needs, and what running needs. Who
# has PyTorch keeps it; who left it out by PYTORCH=no goes without it until PYTORCH=yes.
WHOLE := $(wildcard .venv/installed)
PYTORCH ?= $(if $(WHOLE),yes,$(if $(wildcard .venv/installed-without-pytorch),no,yes))
ifeq ($(filter yes no,$(PYTORCH)),)
  $(error PYTORCH must be yes or no, got '$(PYTORCH)')
endif
# LOCK=no takes the newest releases that requirements.txt allows, to see what they change.
LOCK ?= yes
ifeq ($(filter yes no,$(LOCK)),)
  $(error LOCK must be yes or no, got '$(LOCK)')
endif
RUNNING := $(or $(WHOLE),.venv/installed$(if $(filter no,$(PYTORCH)),-without-pytorch))
READING := $(or $(WHOLE),$(wildcard .venv/installed-without-pytorch),.venv/book)

.PHONY: help setup setup-book book pdf epub downloads site-speed valid checkers test fuzz check map messages translate figures lab notebooks exercises handout grade reproduce reader recogniser letters webcam races \
  collapse order twins borrowed bench grading grading-under-load other-graders hub hub-collect hub-load pages lock address clean
.DELETE_ON_ERROR:

help:
	@echo "make book        build the site into $(SITE)"
	@echo "make pdf         print the book, with page numbers and bookmarks, into $(SITE)/downloads; ARGS='--paper Letter'"
	@echo "make epub        make the book for readers of books"
	@echo "make downloads   make both, and a zip of the students' notebooks; the landing page links them"
	@echo "make test        run every test and every notebook, CHANGED=1 for what a change can touch"
	@echo "make fuzz        try odd numbers, arrays and damaged files on all that takes them, MINUTES=30"
	@echo "make check       what can be asked of a change in under a minute: lint, conventions, its tests"
	@echo "make lab         open the notebooks in JupyterLab"
	@echo "make notebooks   run the notebooks in place, NOTEBOOK=notebooks/03_pooling.ipynb for one"
	@echo "make exercises   write the exercises and quick questions into the notebooks"
	@echo "make messages    gather what the checks say into locale/checks.pot, for translators"
	@echo "make translate   bring the catalogues of other languages up to date, and list what is to translate"
	@echo "make figures     draw the pictures of an edition, LANGUAGE=ko, NOTEBOOK=notebooks/03_pooling.ipynb for one chapter, ARGS=--redraw to run nothing"
	@echo "make map         draw the map of the house in course/map/MAP.md"
	@echo "make handout     write the students' and the solution edition into _build/handout, FORM=nbgrader or otter for those, LANGUAGE=ko in Korean"
	@echo "make grade       mark the notebooks of a folder, FOLDER=path/to/handed_in, ROSTER=class.csv for a class"
	@echo "make reproduce   run the lessons as published, ROW=L3-convnet for one row"
	@echo "                 reproduce, races, collapse and grade take SCHEDULER=tcp://host:8786, a Dask cluster"
	@echo "make reader      train the network that the chapters look into"
	@echo "make recogniser  train the network that reads photographs and video frames; npm installs typefaces"
	@echo "make letters     count the letters it takes for digits, ARGS='old.npz new.npz' for two networks"
	@echo "make webcam      read digits held before a camera, ARGS='--source clip.mp4 --record out.mp4' for a file"
	@echo "make races       race against the textbook's network, RACE=quick for one race"
	@echo "make collapse    measure when a deep stack collapses and what mends it, ARGS='--part cures' for one part"
	@echo "make order       measure one order of the digits against new ones, ARGS='--part slices' for one part"
	@echo "make twins       train lesson 4's network in Keras and in PyTorch, from the same weights"
	@echo "make borrowed    measure what borrowed features are worth"
	@echo "make bench       measure the speed of the hand-written convolution"
	@echo "make valid       check the HTML of every page with the W3C's checker; needs Java and npm"
	@echo "make site-speed  measure the weight and the speed of each page, ARGS='--pages notebooks/03_pooling' for one"
	@echo "make grading     measure what grading costs, ARGS='--beside path' for two checkouts in turns"
	@echo "make grading-under-load  grade right answers beside busy processes, ARGS='--chapters 2 10' for two"
	@echo "make other-graders  grade ten hand-ins with nbgrader, Otter and this course, ARGS='--only nbgrader'"
	@echo "make hub         start a JupyterHub for a class on this machine, ROSTER=class.csv"
	@echo "make hub-collect  gather what was handed in on it"
	@echo "make hub-load    play a class on a hub, and measure what a student costs, STUDENTS=50"
	@echo "make pages       measure how many digits are found on ruled and squared paper and in frames, ARGS='--pages 10' for fewer"
	@echo "make address     tell the course where it lies, URL=https://github.com/OWNER/NAME, for Colab, Binder and links"
	@echo "make lock        renew constraints.txt from requirements.txt"
	@echo "make setup       install into .venv, which all of these do by themselves; PYTORCH=no leaves PyTorch out"
	@echo "make clean       remove .venv and all that was built"

# Two clones may share a .venv by a link, a clone may have been moved or deleted, an older copy may
# be installed: the helpers that are installed are then not those of this clone.
setup: $(RUNNING)
	@$(BIN)/python -I helpers/start/checkout.py >/dev/null; case $$? in \
	 4) echo "set-up: installing the helpers of this clone into .venv"; \
	   $(INSTALL_HELPERS) && { $(BIN)/python -I helpers/start/checkout.py >/dev/null; test $$? -ne 4; } \
	   || { echo "set-up: the helpers could not be installed, see above; another copy of them in" \
	     ".venv may be in the way, and 'make clean' removes it" >&2; exit 1; };; \
	 5) exit 1;; \
	esac

# The book is built with the helpers that lie here, whichever are installed, and with none.
setup-book: $(READING)
	@$(BIN)/python -I helpers/start/checkout.py >/dev/null; test $$? -ne 5

# A stage is what requirements.txt lists before the next one. The helpers are for kernels.
.venv/book: STAGE := sed '/^\# Stage 2/,$$d'
.venv/book: WHAT := what the book needs, which takes a minute
.venv/book: HOW := --no-compile # Python compiles what a build imports, a part of all this
.venv/installed .venv/installed-without-pytorch: WHAT := what running needs, which takes a few minutes
.venv/installed-without-pytorch: STAGE := sed '/^\# Stage 3/,$$d'
.venv/installed: STAGE := cat
.venv/installed .venv/installed-without-pytorch: HELPERS := && $(INSTALL_HELPERS)
.venv/book .venv/installed .venv/installed-without-pytorch: requirements.txt constraints.txt pyproject.toml
	@python=; for candidate in $(if $(PYTHON),"$(PYTHON)",$(CANDIDATES)); do \
	   if "$$candidate" -c '$(SUITABLE)' 2>/dev/null; then python=$$candidate; break; fi; done; \
	 if [ -z "$$python" ]; then \
	   echo "set-up: no Python from 3.10 to 3.13 found in: $(or $(PYTHON),$(CANDIDATES)). Name one: make PYTHON=/path/to/python" >&2; \
	   exit 1; fi; \
	 if ! $(BIN)/python -c '$(SUITABLE)' 2>/dev/null; then \
	   rm -rf .venv; "$$python" -m venv .venv || { rm -rf .venv; \
	     echo "set-up: '$$python -m venv' failed; on Debian and Ubuntu it needs the package python3-venv" >&2; exit 1; }; fi; \
	 echo "set-up: installing into .venv $(WHAT) the first time"; \
	 $(STAGE) requirements.txt >.venv/requirements.txt \
	   && $(BIN)/python -m pip install --quiet $(HOW) -r .venv/requirements.txt $(if $(filter yes,$(LOCK)),-c constraints.txt) $(HELPERS) \
	   || { echo "set-up: the installation failed, see above; the same command tries again" >&2; exit 1; }
	@touch $@

# A site is whole or absent: a build with a warning is removed, and so is what it cached. The
# editions in other languages take pictures from the English one, and stand in folders of it.
book: setup-book
	@$(BIN)/python -m course.notebooks --check || { rm -rf $(SITE); \
	   echo "book: not built, a notebook is broken" >&2; exit 1; }
	@PYTHONPATH="$(CURDIR)$${PYTHONPATH:+:$$PYTHONPATH}" $(BIN)/jupyter-book build . -W --keep-going -q || { rm -rf $(SITE) _build/.doctrees; \
	   echo "book: not built, see the warnings above" >&2; exit 1; }
	@$(BIN)/python -m course.translation.edition || { rm -rf $(SITE); \
	   echo "book: not built, an edition has warnings" >&2; exit 1; }
	@$(BIN)/python -m course.downloads links --site $(SITE)
	@echo "book: open $(SITE)/index.html"

# Of the pages that the site has; what is of an older text is named no more.
pdf epub: book
	@$(BIN)/python -m course.downloads $@ $(ARGS)

downloads: book
	@$(BIN)/python -m course.downloads pdf epub notebooks $(ARGS)

test: setup
# Two files at a time, each whole in one process: the cells of a notebook share a kernel. Each gets
# half of the processors, for two libraries that both take all of them wait for each other.
	@chosen=; if [ -n "$(CHANGED)" ]; then chosen=$$($(BIN)/python -m course.changed \
	    $(filter-out 1,$(CHANGED))) || exit 1; fi; \
	half=$$($(BIN)/python -c "import os; print(max(1, os.cpu_count() // 2))"); set -x; \
	OMP_NUM_THREADS=$${OMP_NUM_THREADS:-$$half} \
	  TF_NUM_INTRAOP_THREADS=$${TF_NUM_INTRAOP_THREADS:-$$half} \
	  $(BIN)/python -m pytest --nbval --numprocesses 2 --dist loadfile --no-loadscope-reorder $$chosen

# New inputs in every round, until the time is over or something fails, which is then kept.
fuzz: setup
	@end=$$(($$(date +%s) + 60 * $(or $(MINUTES),10))); rounds=0; \
	while [ $$(date +%s) -lt $$end ]; do \
	  FUZZ=$${FUZZ:-3} $(BIN)/python -m pytest -q -x -p no:xdist tests/fuzzing $(ARGS) || exit 1; \
	  rounds=$$((rounds + 1)); done; \
	echo "fuzz: $$rounds rounds in $(or $(MINUTES),10) minutes, and nothing failed"

check: setup
	@$(BIN)/python -m course.check

map: setup
	@$(BIN)/python -m course.map

messages: setup
	@$(BIN)/python -m course.messages

translate: setup
	@$(BIN)/python -m course.translation $(ARGS)

figures: setup
	@$(BIN)/python -m course.translation.figures $(or $(LANGUAGE),ko) $(NOTEBOOK) $(ARGS)

# The notebooks take the helpers that lie beside them, whichever are installed.
lab: setup
	PYTHONPATH="$(CURDIR)$${PYTHONPATH:+:$$PYTHONPATH}" $(BIN)/jupyter lab --notebook-dir=notebooks

notebooks: setup
	@$(BIN)/python -m course.notebooks $(NOTEBOOK)

exercises: setup
	@$(BIN)/python -m course.exercises $(ARGS)

handout: setup
	@$(BIN)/python -m course.handout $(if $(FORM),--form $(FORM)) $(if $(filter command,$(firstword $(origin LANGUAGE))),--language '$(LANGUAGE)') $(ARGS)

# The folder goes through the environment, where no quote, dollar or space in its name is taken for
# the shell's or make's; the program knows what ~ stands for.
grade: export HANDED_IN = $(value FOLDER)
grade: export ROSTER_FILE = $(value ROSTER)
grade: export CLUSTER_SCHEDULER = $(value SCHEDULER)
grade: setup
	@if [ -z "$$HANDED_IN" ]; then \
	   echo "grade: name the folder with the notebooks: make grade FOLDER=path" >&2; exit 1; fi; \
	 set -- "$$HANDED_IN"; if [ -n "$$ROSTER_FILE" ]; then set -- --roster "$$ROSTER_FILE" -- "$$1"; \
	   else set -- -- "$$1"; fi; \
	 if [ -n "$$CLUSTER_SCHEDULER" ]; then set -- --scheduler "$$CLUSTER_SCHEDULER" "$$@"; fi; \
	 $(BIN)/python -m course.grade $(ARGS) "$$@"

reproduce: setup
	$(BIN)/python -m benchmarks.ledger.reproduce $(if $(ROW),--row $(ROW)) $(ON_CLUSTER) $(ARGS)

reader: setup
	$(BIN)/python -m benchmarks.reader.train_reader $(ARGS)

recogniser: setup
	$(BIN)/python -m benchmarks.handwriting.train_recogniser $(ARGS)

letters: setup
	@$(BIN)/python -m benchmarks.letters.letters --install $(ARGS)

webcam: setup
	@$(BIN)/python -m helpers.handwriting.webcam $(ARGS)

races: setup
	$(BIN)/python -m benchmarks.races $(if $(RACE),--race $(RACE)) $(ON_CLUSTER) $(ARGS)

borrowed: setup
	$(BIN)/python -m benchmarks.transfer.borrowed_features $(ARGS)

collapse: setup
	$(BIN)/python -m benchmarks.collapse $(ON_CLUSTER) $(ARGS)

order: setup
	$(BIN)/python -m benchmarks.order $(ARGS)

twins: setup
	$(BIN)/python -m benchmarks.ledger.twins $(ARGS)

bench: setup
	$(BIN)/python -m benchmarks.speed.convolution_speed

checkers: $(VNU)

$(VNU):
	@npm install --silent --no-audit --no-fund --prefix _build/tools vnu-jar@$(VNU_VERSION) \
	  || { echo "checkers: npm, which comes with Node.js, could not install vnu-jar" >&2; exit 1; }

valid: book $(VNU)
	@java -Xss4m -jar $(VNU) --errors-only --skip-non-html $(SITE) \
	  && echo "valid: no error on any page"

site-speed: setup
	@$(BIN)/python -m benchmarks.site $(ARGS)

grading: setup
	$(BIN)/python -m benchmarks.speed.grading_speed $(ARGS)

grading-under-load: setup
	$(BIN)/python -m benchmarks.speed.grading_under_load $(ARGS)

other-graders: setup
	$(BIN)/python -m benchmarks.graders $(ARGS)

hub: export ROSTER_FILE = $(value ROSTER)
hub: setup
	@set --; if [ -n "$$ROSTER_FILE" ]; then set -- --roster "$$ROSTER_FILE"; fi; \
	 $(BIN)/python -m course.hub $(ARGS) "$$@"

hub-collect: setup
	@$(BIN)/python -m course.hub collect $(ARGS)

hub-load: setup
	$(BIN)/python -m benchmarks.hub $(if $(STUDENTS),--students $(STUDENTS)) $(ARGS)

pages: setup
	$(BIN)/python -m benchmarks.handwriting.pages $(ARGS)

lock: setup
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile requirements.txt --universal --python-version 3.10 --upgrade \
	  --no-header --no-annotate --no-emit-index-url --quiet --output-file constraints.txt

address: export REPOSITORY = $(value URL)
address: setup-book
	@if [ -z "$$REPOSITORY" ]; then \
	   echo "address: name it: make address URL=https://github.com/OWNER/NAME" >&2; exit 1; fi; \
	 $(BIN)/python -m course.address $(if $(BRANCH),--branch "$(BRANCH)") $(ARGS) -- "$$REPOSITORY"

clean:
	rm -rf .venv _build *.egg-info .pytest_cache .hypothesis .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
