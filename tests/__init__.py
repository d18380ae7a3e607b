"""Tests of Umbrella: unit, contract, journeys, and the benchmarks apart from them."""
