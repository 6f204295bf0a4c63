"""The web page of `paperboy try`: a Discord in the browser that shows the views of `sandbox.window`."""
