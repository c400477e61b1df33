"""The checks, one a module: each looks at a case and says what is to be mended."""
