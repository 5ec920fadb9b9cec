"""Any number, or what is none, handed to the arithmetic."""

import hypothesis.strategies as st
from hypothesis import given

from helpers import arithmetic
from helpers.arithmetic.connections import connections
from tests.fuzzing.guarded import guarded
from tests.fuzzing.odd_values import HUGE, integers, mostly, values
from tests.fuzzing.profiles import examples

numbers = st.integers(1, 6) | st.integers(1, 40) | st.sampled_from([10**5, 10**8, HUGE])
sizes = mostly(numbers | st.tuples(numbers, numbers))
paddings = st.sampled_from(["valid", "same", "full", "causal"]) | sizes
options = st.fixed_dictionaries({}, optional={"stride": sizes, "padding": paddings,
                                              "dilation": sizes})
layers = mostly(st.lists(mostly(
    st.tuples(sizes, sizes) | st.tuples(sizes, sizes, paddings, sizes)
    | st.fixed_dictionaries({"kernel": sizes}, optional={"stride": sizes, "padding": paddings})),
    max_size=5))


@examples(60)
@given(sizes, sizes, options)
def test_sizes_and_paddings(size, kernel, options):
    guarded(lambda: arithmetic.output_size(size, kernel, **options), ValueError)
    guarded(lambda: arithmetic.padding_amounts(size, kernel, **options), ValueError)
    options.pop("padding", None)
    guarded(lambda: arithmetic.same_padding(size, kernel, **options), ValueError)


@examples(40)
@given(sizes, sizes, sizes, sizes, options, values)
def test_counts(size, kernel, channels, filters, options, bias):
    guarded(lambda: arithmetic.conv2d_parameters(kernel, channels, filters, use_bias=bias),
            ValueError)
    guarded(lambda: arithmetic.dense_parameters(channels, filters, use_bias=bias), ValueError)
    guarded(lambda: arithmetic.conv2d_multiplications(size, kernel, channels, filters, **options),
            ValueError)


@examples(80)
@given(layers, st.none() | sizes)
def test_receptive_fields(layers, size):
    guarded(lambda: arithmetic.receptive_field(layers, input_size=size), ValueError)


@examples(80)
@given(layers, sizes, st.none() | integers | values, mostly(st.sampled_from([0, 1])))
def test_connections(layers, size, cell, axis):
    guarded(lambda: connections(layers, size, cell=cell, axis=axis), ValueError)
