"""The web page of `paperboy try`: a Discord in the browser, drawn from what `sandbox.window` tells."""
