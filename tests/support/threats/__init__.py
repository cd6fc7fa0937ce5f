"""The second corpus of attacks: written from SECURITY.md and from what has broken comparable programs, not from our code.

Each module is one way in. A name says the threat, and its value is the smallest input. What runs calls `__canary()`, what fetches asks
`evil.example`, and what reads a file of the build machine asks for `SECRET_PATH`, which the tests replace by the path of a file that holds
`SECRET`. What must hold is judged in `tests/security/test_threats_*.py` by Chromium, lxml, pikepdf and the bytes of the published files.
"""

SECRET = "hemmeligt-fra-byggemaskinen-4711"
"""What a file of the build machine, and a variable of its environment, hold."""
EVALUATED = "3141592653"
"""What the expression in many attacks comes to, if anything evaluates it: 1000000007 * 3 + 141592632."""
EXPRESSION = "1000000007*3+141592632"
