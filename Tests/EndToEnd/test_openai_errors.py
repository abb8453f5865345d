"""Whatever goes wrong, OpenAI's client raises the exception that its users already handle."""

import openai
import pytest

import programs

GREETING = [{"role": "user", "content": "Hello"}]


def create(client, model, **more):
    return client.chat.completions.create(model=model, messages=GREETING, **more)


# The caller's mistakes -------------------------------------------------------------------------------------------


def test_an_unknown_model_is_not_found(client):
    with pytest.raises(openai.NotFoundError) as raised:
        create(client, "no-such-model")
    assert raised.value.code == "model_not_found" and raised.value.param == "model"
    assert "no-such-model" in raised.value.message and "/v1/models" in raised.value.message


def test_a_wrong_key_is_an_authentication_error(client):
    with pytest.raises(openai.AuthenticationError) as raised:
        create(client.with_options(api_key="sk-from-somewhere-else"), "mock-model")
    assert "sk-from" not in raised.value.message


@pytest.mark.parametrize(
    ("messages", "field"),
    [("hello", "messages"), ([], "messages"), ([{"role": 7, "content": "x"}], "role"), ([3], "messages")],
)
def test_wrong_types_are_a_bad_request_that_names_the_field(client, messages, field):
    with pytest.raises(openai.BadRequestError) as raised:
        client.chat.completions.create(model="mock-model", messages=messages)
    assert raised.value.type == "invalid_request_error"
    assert field in f"{raised.value.param} {raised.value.message}"


@pytest.mark.parametrize("body", [{"messages": GREETING}, {"model": 7, "messages": GREETING}, {"model": "mock-model"}])
def test_missing_fields_are_a_bad_request(client, body):
    with pytest.raises(openai.BadRequestError):
        client.post("/chat/completions", body=body, cast_to=object)


def test_a_body_over_the_limit_is_told_although_the_client_is_still_sending(client):
    with pytest.raises(openai.APIStatusError, match="body-bytes") as raised:
        client.chat.completions.create(model="mock-model", messages=[{"role": "user", "content": "x" * (40 << 20)}])
    assert raised.value.status_code == 413


def test_an_unknown_route_is_not_found(client):
    with pytest.raises(openai.NotFoundError, match="/v1/images"):
        client.images.generate(prompt="a leaf", model="mock-model")


# The upstream's refusals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "exception"),
    [
        (400, openai.BadRequestError),
        (404, openai.NotFoundError),
        (413, openai.APIStatusError),
        (429, openai.RateLimitError),
        (500, openai.InternalServerError),
        (503, openai.InternalServerError),
        (529, openai.InternalServerError),
    ],
)
@pytest.mark.parametrize("streams", [False, True])
def test_an_upstreams_refusal_keeps_its_status_and_words(client, status, exception, streams):
    with pytest.raises(exception) as raised:
        create(client, f"q/status-{status}", stream=streams)
    assert raised.value.status_code == status
    assert f"status {status}" in raised.value.message
    assert raised.value.response.headers["trellis-receipt"].startswith("rcp_")


def test_an_upstreams_pause_is_passed_on(client):
    with pytest.raises(openai.RateLimitError) as raised:
        create(client, "q/status-429")
    assert raised.value.response.headers["retry-after"] == "1"


@pytest.mark.parametrize("status", [401, 403])
def test_the_operators_own_refused_key_is_not_the_callers_fault(client, status):
    with pytest.raises(openai.InternalServerError) as raised:
        create(client, f"m/status-{status}")
    assert raised.value.status_code == 502 and "operator" in raised.value.message


# The upstream's faults -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("hang-before-head", 504),
        ("hang-mid-json", 504),
        ("reset-before-head", 502),
        ("reset-mid-json", 502),
        ("close-mid-json", 502),
        ("truncated-json", 502),
        ("html", 502),
        ("html-502", 502),
    ],
)
def test_a_broken_reply_is_an_error_never_half_an_answer(client, receipt, fault, status):
    with pytest.raises(openai.InternalServerError) as raised:
        create(client, f"q/{fault}")
    assert raised.value.status_code == status
    kept = receipt(raised.value.response.headers["trellis-receipt"])
    assert kept["outcome"]["kind"] == "failed" and kept["status"] == status


@pytest.mark.parametrize("fault", ["reset-before-head", "hang-before-head", "html"])
def test_a_stream_that_never_begins_is_an_ordinary_error(client, fault):
    with pytest.raises(openai.InternalServerError):
        create(client, f"q/{fault}", stream=True)


@pytest.mark.parametrize(
    "fault",
    ["hang-mid-stream", "reset-mid-stream", "close-mid-stream", "error-mid-stream", "stream-without-done",
     "malformed-sse"],
)  # fmt: skip
def test_a_stream_that_breaks_raises_after_its_first_words(client, receipt, fault):
    with client.chat.completions.with_streaming_response.create(
        model=f"q/{fault}", messages=GREETING, stream=True
    ) as response:
        name = response.headers["trellis-receipt"]
        words = ""
        with pytest.raises(openai.APIError) as raised:
            for chunk in response.parse():
                words += chunk.choices[0].delta.content or ""
    assert words, "the part before the break should have come"
    assert raised.value.message
    outcome = receipt(name)["outcome"]
    assert outcome["kind"] == "cutOff" and outcome["by"] == "upstream", outcome


@pytest.mark.parametrize("fault", ["fail-once-503", "fail-once-reset"])
def test_a_passing_failure_is_tried_again(client, mock, fault):
    before = mock.counts()["requests"]
    assert create(client, f"m/{fault}").choices[0].message.content
    assert mock.counts()["requests"] == before + 2


def test_a_receipt_says_how_many_attempts_it_took(client, receipt):
    raw = client.chat.completions.with_raw_response.create(model="m/fail-once-503", messages=GREETING)
    assert receipt(raw.headers["trellis-receipt"])["attempts"] == 2


def test_an_upstream_that_closes_after_each_reply_is_no_trouble(client):
    for _ in range(5):
        assert create(client, "m/close-after-each").choices
        assert list(create(client, "m/close-after-each", stream=True))


def test_a_huge_reply_arrives_whole(client):
    assert len(create(client, "m/huge").choices[0].message.content) > 5_000_000
    chunks = sum(1 for _ in create(client, "m/huge", stream=True))
    assert chunks > 20_000


def test_an_upstream_that_answers_before_it_has_read_the_request_is_heard(client):
    with pytest.raises(openai.APIStatusError) as raised:
        client.chat.completions.create(
            model="q/early-reply", messages=[{"role": "user", "content": "leaf " * 400_000}]
        )
    assert raised.value.status_code == 413


def test_an_upstream_that_is_not_there_is_an_error_that_names_it(start):
    nowhere = {"kind": "openai", "url": f"http://127.0.0.1:{programs.free_port()}/v1", "retries": 0}
    server = start(upstreams={"nowhere": nowhere}, development=True)
    with openai.OpenAI(base_url=f"{server.url}/v1", api_key="none", max_retries=0) as client:
        with pytest.raises(openai.InternalServerError, match="nowhere") as raised:
            create(client, "anything")
    assert raised.value.status_code == 502
