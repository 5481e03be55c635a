"""The doors over HTTP. They translate, ask who is calling, and call operations; only here is anything asynchronous."""
