"""Forms of files that hold running text: how to find it, how to put it back."""
