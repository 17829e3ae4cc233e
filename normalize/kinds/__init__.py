"""The kinds of rule file, one module each: fields, model, compilation, lints.

To add a kind, write its module and name it in `registry`.
"""
