"""OpenAI's own Python client against Trellis: nothing changes for it but the address and the key."""

import asyncio
import base64
import json
import math
import struct

import openai
import pytest

import programs

LOCAL = "smollm2"
GREETING = [{"role": "user", "content": "Say hello in one short sentence."}]
LOOK_UP = {
    "type": "function",
    "function": {
        "name": "look_up",
        "description": "Looks a word up.",
        "parameters": {
            "type": "object",
            "properties": {"word": {"type": "string"}},
            "required": ["word"],
            "additionalProperties": False,
        },
    },
}
# One red pixel.
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJg"
    "gg=="
)


def text_of(stream):
    return "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)


# The real local model --------------------------------------------------------------------------------------------


def test_a_real_model_answers(client):
    reply = client.chat.completions.create(model=LOCAL, messages=GREETING, max_tokens=24, temperature=0.2)
    assert reply.choices[0].message.content.strip()
    assert reply.choices[0].finish_reason in ("stop", "length")
    assert reply.usage.prompt_tokens > 0 and reply.usage.completion_tokens > 0


def test_a_real_model_streams(client):
    stream = client.chat.completions.create(
        model=LOCAL, messages=GREETING, max_tokens=24, temperature=0.2, stream=True,
        stream_options={"include_usage": True},
    )  # fmt: skip
    chunks = list(stream)
    assert text_of(chunks).strip()
    assert len([chunk for chunk in chunks if chunk.choices]) > 2, "it came in one piece"
    assert chunks[-1].usage.completion_tokens > 0


def test_the_charter_reaches_the_real_model(client, receipt):
    # The same words cost more tokens than they have, because the brief stands in front of them.
    raw = client.chat.completions.with_raw_response.create(model=LOCAL, messages=GREETING, max_tokens=8)
    told = receipt(raw.headers["trellis-receipt"])["brief"]["text"]
    assert raw.parse().usage.prompt_tokens > len(told) / 8


def test_a_schema_binds_the_real_model(client):
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string", "maxLength": 12}, "people": {"type": "integer", "maximum": 99}},
        "required": ["city", "people"],
        "additionalProperties": False,
    }
    reply = client.chat.completions.create(
        model=LOCAL, messages=[{"role": "user", "content": "Name a city and how many people live there."}],
        max_tokens=120, temperature=0.2, seed=7,
        response_format={"type": "json_schema", "json_schema": {"name": "city", "schema": schema, "strict": True}},
    )  # fmt: skip
    value = json.loads(reply.choices[0].message.content)
    assert set(value) == {"city", "people"} and isinstance(value["people"], int)


def test_log_probabilities_come_from_the_real_model(client):
    reply = client.chat.completions.create(
        model=LOCAL, messages=GREETING, max_tokens=4, logprobs=True, top_logprobs=2
    )  # fmt: skip
    tokens = reply.choices[0].logprobs.content
    assert 1 <= len(tokens) <= 5
    assert all(token.logprob <= 0 and len(token.top_logprobs) == 2 for token in tokens)


def test_the_real_model_gives_several_choices(client):
    reply = client.chat.completions.create(model=LOCAL, messages=GREETING, max_tokens=6, n=2)
    assert [choice.index for choice in reply.choices] == [0, 1]


def test_the_real_model_takes_tools(client):
    # It may not use them (SmolLM2 was not taught to), but a request with tools gets an answer.
    reply = client.chat.completions.create(model=LOCAL, messages=GREETING, max_tokens=8, tools=[LOOK_UP])
    assert reply.choices[0].message.content or reply.choices[0].message.tool_calls


def test_many_languages_survive(client, mock):
    said = "Zażółć gęślą jaźń 🌱 日本語 العربية \u2028 \" \\ \n\t é e\u0301 👩‍👩‍👧 \u0000"
    client.chat.completions.create(model="mock-model", messages=[{"role": "user", "content": said}])
    assert mock.last().json()["messages"][-1]["content"] == said
    reply = client.chat.completions.create(
        model=LOCAL, messages=[{"role": "user", "content": "¿Cómo estás? 你好吗？ 🌱"}], max_tokens=8
    )  # fmt: skip
    assert reply.choices[0].message.content is not None


def test_a_long_conversation_goes_on_whole(client, mock):
    turns = [{"role": "system", "content": "You are a gardener."}]
    for number in range(400):
        turns.append({"role": "user", "content": f"Question {number}: " + "leaf " * 40})
        turns.append({"role": "assistant", "content": f"Answer {number}."})
    turns.append({"role": "user", "content": "And now?"})
    client.chat.completions.create(model="mock-model", messages=turns)
    assert mock.last().json()["messages"][1:] == turns[1:]


def test_a_conversation_that_is_too_long_for_the_real_model_is_refused_in_its_words(client):
    with pytest.raises(openai.BadRequestError, match="(?i)context|tokens"):
        client.chat.completions.create(
            model=LOCAL, messages=[{"role": "user", "content": "leaf " * 9000}], max_tokens=4
        )  # fmt: skip


# What passes through ----------------------------------------------------------------------------------------------


def test_the_receipt_is_in_the_head_of_a_reply(client, receipt):
    raw = client.chat.completions.with_raw_response.create(model="mock-model", messages=GREETING)
    assert raw.parse().choices[0].message.content
    kept = receipt(raw.headers["trellis-receipt"])
    assert kept["outcome"] == {"kind": "complete"} and kept["streamed"] is False


def test_the_receipt_is_in_the_head_of_a_stream(client, receipt):
    with client.chat.completions.with_streaming_response.create(
        model="mock-model", messages=GREETING, stream=True
    ) as response:
        name = response.headers["trellis-receipt"]
        lines = list(response.iter_lines())
    assert lines[-2:] == ["data: [DONE]", ""] or lines[-1] == "data: [DONE]"
    kept = receipt(name)
    assert kept["outcome"] == {"kind": "complete"} and kept["streamed"] is True
    assert kept["finishReason"] == "stop"


def test_the_client_accumulates_a_stream_itself(client):
    with client.chat.completions.stream(model="mock-model", messages=GREETING) as stream:
        for _ in stream:
            pass
        reply = stream.get_final_completion()
    assert reply.choices[0].message.content and reply.choices[0].finish_reason == "stop"


def test_the_asynchronous_client_works(gateway, key):
    async def talk():
        async with openai.AsyncOpenAI(base_url=f"{gateway.url}/v1", api_key=key, max_retries=0) as client:
            whole, stream = await asyncio.gather(
                client.chat.completions.create(model="mock-model", messages=GREETING),
                client.chat.completions.create(model="mock-model", messages=GREETING, stream=True),
            )
            words = [chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices]
            return whole.choices[0].message.content, "".join(words)

    whole, streamed = asyncio.run(talk())
    assert whole and streamed


def test_many_asynchronous_requests_keep_apart(gateway, key):
    async def talk():
        async with openai.AsyncOpenAI(base_url=f"{gateway.url}/v1", api_key=key, max_retries=0) as client:

            async def one(number):
                reply = await client.embeddings.create(
                    model="m/embeddings", input=[f"text {number}"], encoding_format="float"
                )
                return reply.data[0].embedding

            return await asyncio.gather(*(one(number) for number in range(60)), *(one(number) for number in range(60)))

    vectors = asyncio.run(talk())
    assert vectors[:60] == vectors[60:], "somebody got another's reply"
    assert len({tuple(vector) for vector in vectors}) == 60


def test_tool_calls_pass_whole(client, mock):
    turns = [
        {"role": "user", "content": "What is a trellis?"},
        {"role": "assistant", "content": None, "tool_calls": [
            {"id": "call_1", "type": "function", "function": {"name": "look_up", "arguments": '{"word":"a"}'}}]},
        {"role": "tool", "tool_call_id": "call_1", "content": "the first letter"},
    ]  # fmt: skip
    reply = client.chat.completions.create(
        model="m/tool-call", messages=turns, tools=[LOOK_UP], tool_choice="auto", parallel_tool_calls=False
    )  # fmt: skip
    call = reply.choices[0].message.tool_calls[0]
    assert reply.choices[0].finish_reason == "tool_calls"
    assert (call.id, call.function.name, json.loads(call.function.arguments)) == (
        "call_mock1", "look_up", {"word": "trellis"}
    )  # fmt: skip
    sent = mock.last().json()
    assert sent["messages"][1:] == turns and sent["tools"] == [LOOK_UP]
    assert sent["tool_choice"] == "auto" and sent["parallel_tool_calls"] is False


def test_tool_calls_stream(client):
    with client.chat.completions.stream(model="m/tool-call", messages=GREETING, tools=[LOOK_UP]) as stream:
        for _ in stream:
            pass
        call = stream.get_final_completion().choices[0].message.tool_calls[0]
    assert json.loads(call.function.arguments) == {"word": "trellis"}


def test_images_and_unknown_fields_pass_untouched(client, mock):
    content = [
        {"type": "text", "text": "What colour is this?"},
        {"type": "image_url", "image_url": {"url": PIXEL, "detail": "low"}},
        {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
    ]
    unknown = {"an_option_of_tomorrow": {"deep": [1, 2.50, None, True, "é"]}, "big": 12345678901234567890}
    client.chat.completions.create(
        model="m/pictures", messages=[{"role": "user", "content": content}], extra_body=unknown,
        extra_headers={"X-Tomorrow": "yes"},
    )  # fmt: skip
    seen = mock.last()
    sent = seen.json()
    assert sent["messages"][-1]["content"] == content
    assert {name: sent[name] for name in unknown} == unknown
    assert seen.headers["x-tomorrow"] == "yes"


def test_only_the_brief_is_added_to_a_body(gateway, key, mock):
    # Odd spacing, escapes, number forms and order: every byte but the brief arrives as it was sent.
    body = (
        '{ "temperature":1.0e-1 ,"x":"\\u00e9\\/" , "messages" : [ {"content":"hi","role":"user"} ],\n'
        '\t"model":"mock-model","seed":00}'
    ).replace("00}", "0 }")
    answer = gateway.ask("POST", "/v1/chat/completions", body, key)
    assert answer.status == 200
    sent = mock.last().text
    brief = json.dumps({"role": "system"})  # only to find where the brief's message stands
    assert brief.startswith('{"role"')
    before, after = body.split('[ {"content"')
    assert sent.startswith(before + "[") and sent.endswith(' {"content"' + after)
    added = sent[len(before) + 1 : -len(' {"content"' + after)]
    message = json.loads(added.rstrip().rstrip(","))
    assert message["role"] == "system" and message["content"]


def test_an_applications_own_system_message_stays_behind_the_brief(client, mock, gateway, key):
    brief = gateway.ask("GET", "/trellis/v1/charter", key=key).json()["brief"]
    for role in ("system", "developer"):
        client.chat.completions.create(
            model="mock-model", messages=[{"role": role, "content": "Speak like a pirate."}, *GREETING]
        )
        first, second = mock.last().json()["messages"]
        assert first["role"] == role and first["content"].startswith(brief)
        assert first["content"].endswith("Speak like a pirate.") and second == GREETING[0]


def test_credentials_and_trellis_headers_stay_here(client, mock, key):
    client.chat.completions.create(
        model="mock-model", messages=GREETING, extra_headers={"Trellis-Person": "ada", "Cookie": "a=b"}
    )
    headers = mock.last().headers
    assert key not in str(headers) and not {"authorization", "cookie", "trellis-person"} & set(headers)


# Embeddings and models --------------------------------------------------------------------------------------------


def cosine(a, b):
    return sum(x * y for x, y in zip(a, b)) / math.sqrt(sum(x * x for x in a) * sum(y * y for y in b))


def test_embeddings_of_the_real_model_know_what_is_near(client):
    reply = client.embeddings.create(
        model="all-minilm-l6-v2",
        input=["A cat sleeps on the sofa.", "A kitten naps on the couch.", "The stock market fell today."],
    )
    cat, kitten, market = (item.embedding for item in reply.data)
    assert len(cat) == 384
    assert cosine(cat, kitten) > 0.5 > cosine(cat, market) + 0.2
    assert reply.usage.prompt_tokens > 0


def test_embeddings_are_the_same_as_numbers_and_as_base64(gateway, key, client):
    plain = client.embeddings.create(model="all-minilm-l6-v2", input="A leaf.", encoding_format="float")
    raw = gateway.ask(
        "POST", "/v1/embeddings", {"model": "all-minilm-l6-v2", "input": "A leaf.", "encoding_format": "base64"}, key
    ).json()
    packed = base64.b64decode(raw["data"][0]["embedding"])
    assert struct.unpack("<384f", packed) == pytest.approx(plain.data[0].embedding, abs=1e-5)


def test_embeddings_get_a_receipt_and_no_brief(client, mock, receipt):
    raw = client.embeddings.with_raw_response.create(model="m/embeddings", input=["a"], encoding_format="float")
    assert len(raw.parse().data[0].embedding) == 8
    assert mock.last().json() == {"model": "m/embeddings", "input": ["a"], "encoding_format": "float"}
    assert receipt(raw.headers["trellis-receipt"])["door"] == "embeddings"


def test_models_are_listed(client):
    names = {model.id for model in client.models.list()}
    assert {"smollm2", "all-minilm-l6-v2", "mock-model"} <= names
    assert client.models.retrieve("smollm2").id == "smollm2"


# Leaving early ----------------------------------------------------------------------------------------------------


def test_closing_a_stream_frees_the_upstream(client, mock, receipt):
    before = mock.counts()["abandonedReplies"]
    with client.chat.completions.with_streaming_response.create(
        model="m/chunks:100000:5", messages=GREETING, stream=True
    ) as response:
        name = response.headers["trellis-receipt"]
        lines = response.iter_lines()
        for _ in range(6):
            next(lines)
    programs.eventually(lambda: mock.counts()["abandonedReplies"] > before, "the upstream to be let go")
    kept = receipt(name)
    assert kept["outcome"]["kind"] == "cutOff" and kept["outcome"]["by"] == "client"


def test_leaving_before_the_reply_frees_the_upstream(client, mock):
    before = mock.counts()["abandonedReplies"]
    with pytest.raises(openai.APITimeoutError):
        client.with_options(timeout=0.5).chat.completions.create(model="m/hang-before-head", messages=GREETING)
    programs.eventually(lambda: mock.counts()["abandonedReplies"] > before, "the upstream to be let go")


def test_closing_a_stream_frees_the_real_model(client):
    for _ in range(4):  # twice as many as the model can talk to at once
        stream = client.chat.completions.create(
            model=LOCAL, messages=[{"role": "user", "content": "Count from one to five hundred."}], max_tokens=2000,
            stream=True,
        )  # fmt: skip
        for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                break
        stream.close()
    assert client.chat.completions.create(model=LOCAL, messages=GREETING, max_tokens=4).choices
