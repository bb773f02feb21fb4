"""The tests: a folder a layer, stories from sowing to recall, the browser, and benchmarks."""
