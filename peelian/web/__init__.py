"""The pages, by journey. A page loads with one query or acts with one action, then renders or redirects.

In: a request and a viewer. Out: HTML. Must never know: law, a model, a permission rule of its own.
"""
