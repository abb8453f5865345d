"""Anthropic's own Python client against Trellis: nothing changes for it but the address and the key."""

import asyncio
import json

import anthropic
import pytest

import programs

LOCAL = "smollm2"
MOCK = "claude-mock"
GREETING = [{"role": "user", "content": "Say hello in one short sentence."}]
LOOK_UP = {
    "name": "look_up",
    "description": "Looks a word up.",
    "input_schema": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]},
}


def create(client, model=MOCK, **more):
    return client.messages.create(**{"model": model, "max_tokens": 32, "messages": GREETING, **more})


@pytest.fixture
def brief(gateway, key):
    return gateway.ask("GET", "/trellis/v1/charter", key=key).json()["brief"]


# Replies ----------------------------------------------------------------------------------------------------------


def test_a_real_model_answers(claude, receipt):
    raw = claude.messages.with_raw_response.create(model=LOCAL, max_tokens=24, messages=GREETING)
    reply = raw.parse()
    assert reply.content[0].text.strip() and reply.stop_reason in ("end_turn", "max_tokens")
    assert reply.usage.output_tokens > 0
    kept = receipt(raw.headers["trellis-receipt"])
    assert kept["door"] == "messages" and kept["usage"]["output"] == reply.usage.output_tokens


def test_a_real_model_streams(claude):
    with claude.messages.stream(model=LOCAL, max_tokens=24, messages=GREETING) as stream:
        pieces = list(stream.text_stream)
        reply = stream.get_final_message()
    assert len(pieces) > 2 and "".join(pieces) == reply.content[0].text
    assert reply.stop_reason in ("end_turn", "max_tokens") and reply.usage.output_tokens > 0


def test_a_message_passes(claude, mock, brief):
    reply = create(claude, metadata={"user_id": "ada"}, stop_sequences=["END"], extra_body={"top_k": 4})
    assert reply.content[0].text and reply.stop_reason == "end_turn"
    assert (reply.usage.input_tokens, reply.usage.output_tokens) == (57, 170)
    seen = mock.last()
    sent = seen.json()
    assert seen.headers["anthropic-version"] and seen.target == "/v1/messages"
    assert sent["messages"] == GREETING and sent["stop_sequences"] == ["END"] and sent["top_k"] == 4
    assert sent["system"] == brief


def test_a_stream_passes(claude, receipt):
    with claude.messages.stream(model=MOCK, max_tokens=32, messages=GREETING) as stream:
        text = "".join(stream.text_stream)
        reply = stream.get_final_message()
        name = stream.response.headers["trellis-receipt"]
    assert text == reply.content[0].text and reply.stop_reason == "end_turn"
    assert reply.usage.output_tokens == 170
    kept = receipt(name)
    assert kept["outcome"] == {"kind": "complete"} and kept["finishReason"] == "end_turn"
    assert kept["usage"] == {"input": 57, "output": 170, "source": "reported"}


def test_raw_events_come_in_order(claude):
    kinds = [event.type for event in create(claude, stream=True)]
    assert kinds[:2] == ["message_start", "content_block_start"]
    assert kinds[-3:] == ["content_block_stop", "message_delta", "message_stop"]


def test_the_asynchronous_client_works(gateway, key):
    async def talk():
        async with anthropic.AsyncAnthropic(base_url=gateway.url, api_key=key, max_retries=0) as client:
            reply = await client.messages.create(model=MOCK, max_tokens=32, messages=GREETING)
            async with client.messages.stream(model=MOCK, max_tokens=32, messages=GREETING) as stream:
                words = [text async for text in stream.text_stream]
            return reply.content[0].text, "".join(words)

    whole, streamed = asyncio.run(talk())
    assert whole and streamed


def test_the_applications_system_text_stays_behind_the_brief(claude, mock, brief):
    create(claude, system="Speak like a pirate.")
    told = mock.last().json()["system"]
    assert told.startswith(brief) and told.endswith("Speak like a pirate.")


def test_the_applications_system_blocks_stay_whole_behind_the_brief(claude, mock, brief):
    blocks = [
        {"type": "text", "text": "Speak like a pirate.", "cache_control": {"type": "ephemeral"}},
        {"type": "text", "text": "Be short."},
    ]
    create(claude, system=blocks)
    told = mock.last().json()["system"]
    assert told[0]["text"].startswith(brief) and told[1:] == blocks


def test_tools_and_their_results_pass(claude, mock):
    turns = [
        {"role": "user", "content": "What is a trellis?"},
        {"role": "assistant", "content": [
            {"type": "tool_use", "id": "toolu_1", "name": "look_up", "input": {"word": "a"}}]},
        {"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": "toolu_1", "content": "the first letter"},
            {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"}}]},
    ]  # fmt: skip
    reply = create(claude, "a/tool-call", messages=turns, tools=[LOOK_UP], tool_choice={"type": "auto"})
    assert reply.stop_reason == "tool_use"
    assert reply.content[0].name == "look_up" and reply.content[0].input == {"word": "trellis"}
    sent = mock.last().json()
    assert sent["messages"] == turns and sent["tools"] == [LOOK_UP]


def test_tool_calls_stream(claude):
    with claude.messages.stream(model="a/tool-call", max_tokens=32, messages=GREETING, tools=[LOOK_UP]) as stream:
        reply = stream.get_final_message()
    assert reply.content[0].input == {"word": "trellis"}


def test_models_are_listed(claude):
    names = [model.id for model in claude.models.list()]
    assert "smollm2" in names and "claude-mock" in names


def test_both_ways_of_showing_a_key_work(gateway, key):
    with anthropic.Anthropic(base_url=gateway.url, auth_token=key, max_retries=0) as client:
        assert create(client).content


# What goes wrong --------------------------------------------------------------------------------------------------


def test_a_wrong_key_is_an_authentication_error(claude):
    with pytest.raises(anthropic.AuthenticationError) as raised:
        create(claude.with_options(api_key="sk-ant-from-somewhere-else"))
    assert raised.value.body["type"] == "error"
    assert raised.value.body["error"]["type"] == "authentication_error"
    assert "sk-ant" not in str(raised.value)


def test_an_unknown_model_is_not_found(claude):
    with pytest.raises(anthropic.NotFoundError, match="no-such-model"):
        create(claude, "no-such-model")


@pytest.mark.parametrize("wrong", [{"messages": "hello"}, {"messages": []}, {"system": 7}, {"max_tokens": "many"}])
def test_wrong_types_are_a_bad_request(claude, wrong):
    with pytest.raises(anthropic.BadRequestError) as raised:
        create(claude, **wrong)
    assert raised.value.body["error"]["type"] == "invalid_request_error"
    assert next(iter(wrong)) in raised.value.body["error"]["message"]


@pytest.mark.parametrize(
    ("status", "exception", "kind"),
    [
        (400, anthropic.BadRequestError, "invalid_request_error"),
        (404, anthropic.NotFoundError, "not_found_error"),
        (413, anthropic.APIStatusError, "request_too_large"),
        (429, anthropic.RateLimitError, "rate_limit_error"),
        (500, anthropic.InternalServerError, "api_error"),
        (529, anthropic.APIStatusError, "overloaded_error"),
    ],
)
@pytest.mark.parametrize("streams", [False, True])
def test_an_upstreams_refusal_keeps_its_status_and_kind(claude, status, exception, kind, streams):
    with pytest.raises(exception) as raised:
        create(claude, f"qa/status-{status}", stream=streams)
    assert raised.value.status_code == status and raised.value.body["error"]["type"] == kind


@pytest.mark.parametrize("status", [401, 403])
def test_the_operators_own_refused_key_is_not_the_callers_fault(claude, status):
    with pytest.raises(anthropic.InternalServerError) as raised:
        create(claude, f"qa/status-{status}")
    assert raised.value.status_code == 502


@pytest.mark.parametrize(
    ("fault", "status"),
    [("hang-before-head", 504), ("hang-mid-json", 504), ("reset-before-head", 502), ("reset-mid-json", 502),
     ("truncated-json", 502), ("html", 502)],
)  # fmt: skip
def test_a_broken_reply_is_an_error_never_half_an_answer(claude, fault, status):
    with pytest.raises(anthropic.APIStatusError) as raised:
        create(claude, f"qa/{fault}")
    assert raised.value.status_code == status and raised.value.body["type"] == "error"


@pytest.mark.parametrize(
    "fault",
    ["hang-mid-stream", "reset-mid-stream", "close-mid-stream", "error-mid-stream", "stream-without-done",
     "malformed-sse"],
)  # fmt: skip
def test_a_stream_that_breaks_raises(claude, receipt, fault):
    with claude.messages.with_streaming_response.create(
        model=f"qa/{fault}", max_tokens=32, messages=GREETING, stream=True
    ) as response:
        name = response.headers["trellis-receipt"]
        kinds = []
        with pytest.raises(anthropic.APIError):
            for event in response.parse():
                kinds.append(event.type)
    assert "content_block_start" in kinds
    outcome = receipt(name)["outcome"]
    assert outcome["kind"] == "cutOff" and outcome["by"] == "upstream", outcome


def test_closing_a_stream_frees_the_upstream(claude, mock):
    before = mock.counts()["abandonedReplies"]
    with claude.messages.stream(model="a/chunks:100000:5", max_tokens=32, messages=GREETING) as stream:
        for _ in zip(stream.text_stream, range(3)):
            pass
    programs.eventually(lambda: mock.counts()["abandonedReplies"] > before, "the upstream to be let go")


# Across dialects --------------------------------------------------------------------------------------------------


def test_anthropics_client_talks_to_an_upstream_that_speaks_openais_dialect(claude, mock, brief):
    reply = create(claude, "mock-model", system="Speak like a pirate.", stop_sequences=["END"])
    assert reply.type == "message" and reply.content[0].text and reply.stop_reason == "end_turn"
    assert (reply.usage.input_tokens + (reply.usage.cache_read_input_tokens or 0), reply.usage.output_tokens) == (
        57, 170
    )  # fmt: skip
    seen = mock.last()
    sent = seen.json()
    assert seen.target == "/v1/chat/completions" and sent["stop"] == ["END"]
    assert sent["messages"][0]["role"] == "system" and sent["messages"][0]["content"].startswith(brief)
    assert "pirate" in sent["messages"][0]["content"] and "anthropic-version" not in seen.headers


def test_anthropics_client_streams_from_an_upstream_that_speaks_openais_dialect(claude, receipt):
    with claude.messages.stream(model="mock-model", max_tokens=32, messages=GREETING) as stream:
        text = "".join(stream.text_stream)
        reply = stream.get_final_message()
        name = stream.response.headers["trellis-receipt"]
    assert text and text == reply.content[0].text and reply.stop_reason == "end_turn"
    assert reply.usage.output_tokens == 170
    assert receipt(name)["outcome"] == {"kind": "complete"}


def test_anthropics_client_calls_tools_of_an_upstream_that_speaks_openais_dialect(claude, mock):
    reply = create(claude, "m/tool-call", tools=[LOOK_UP])
    assert reply.stop_reason == "tool_use" and reply.content[-1].input == {"word": "trellis"}
    assert mock.last().json()["tools"][0]["function"]["name"] == "look_up"
    with claude.messages.stream(model="m/tool-call", max_tokens=32, messages=GREETING, tools=[LOOK_UP]) as stream:
        assert stream.get_final_message().content[-1].input == {"word": "trellis"}


@pytest.mark.parametrize(
    ("status", "exception"),
    [(400, anthropic.BadRequestError), (429, anthropic.RateLimitError), (500, anthropic.InternalServerError)],
)
def test_errors_change_their_dialect_too(claude, status, exception):
    with pytest.raises(exception) as raised:
        create(claude, f"q/status-{status}")
    assert raised.value.body["type"] == "error" and raised.value.status_code == status


@pytest.mark.parametrize("fault", ["reset-mid-stream", "error-mid-stream", "malformed-sse"])
def test_a_translated_stream_that_breaks_raises(claude, fault):
    with pytest.raises(anthropic.APIError):
        list(create(claude, f"q/{fault}", stream=True))


def test_openais_client_talks_to_an_upstream_that_speaks_anthropics_dialect(client, mock, brief):
    reply = client.chat.completions.create(
        model="claude-mock", messages=[{"role": "system", "content": "Speak like a pirate."}, *GREETING], max_tokens=32
    )
    assert reply.choices[0].message.content and reply.choices[0].finish_reason == "stop"
    assert reply.usage.completion_tokens == 170 and reply.usage.total_tokens >= 227
    seen = mock.last()
    sent = seen.json()
    assert seen.target == "/v1/messages" and seen.headers["anthropic-version"]
    told = sent["system"] if isinstance(sent["system"], str) else json.dumps(sent["system"])
    assert "pirate" in told and brief.splitlines()[0] in told
    assert sent["messages"][0]["role"] == "user" and sent["max_tokens"] == 32


def test_openais_client_streams_from_an_upstream_that_speaks_anthropics_dialect(client):
    with client.chat.completions.stream(
        model="claude-mock", messages=GREETING, stream_options={"include_usage": True}
    ) as stream:
        for _ in stream:
            pass
        reply = stream.get_final_completion()
    assert reply.choices[0].message.content and reply.choices[0].finish_reason == "stop"
    assert reply.usage.completion_tokens == 170


def test_openais_client_calls_tools_of_an_upstream_that_speaks_anthropics_dialect(client):
    tool = {"type": "function", "function": {"name": "look_up", "parameters": LOOK_UP["input_schema"]}}
    reply = client.chat.completions.create(model="a/tool-call", messages=GREETING, tools=[tool])
    call = reply.choices[0].message.tool_calls[0]
    assert reply.choices[0].finish_reason == "tool_calls" and json.loads(call.function.arguments) == {"word": "trellis"}
