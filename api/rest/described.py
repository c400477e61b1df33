"""An application that describes itself fully, its problems included."""

from typing import Any

from fastapi import FastAPI

from api.rest.problems import Problem


class DescribedApi(FastAPI):
    """FastAPI, with the shape of a problem in its OpenAPI document.

    Routes point to it as `application/problem+json`; the framework would only let them have it
    as `application/json`, which it is not.
    """

    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        document = super().openapi()
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        parts = schema.pop("$defs", {})
        document["components"]["schemas"].update(parts, Problem=schema)
        return document
