"""Pages for somebody who reads their own matter: outside staff sign-in, without script, with a way out on each."""
