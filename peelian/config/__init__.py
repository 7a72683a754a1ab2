"""Settings, addresses and the server's entry point; the one room that knows the whole house.

In: environment variables. Out: a configured Django. Must never know: a case.
"""
