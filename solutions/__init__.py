"""The reference: every exercise of the course, one module per chapter, with the signatures of the stubs.

What a function computes, its shapes and its errors stand in the docstring of the stub
(`gmmlearn/<chapter>.py`); here is only what the reference adds. A module calls other chapters by the
functions of the contract alone, through relative imports, so that its file can be copied over the stub.
"""
