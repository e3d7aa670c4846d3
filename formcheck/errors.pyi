from formcheck.core.errors import *
