import NIOCore
import Testing

@testable import Gateway

@Suite("Translating requests")
struct TranslationRequestTests {
    static func toMessages(
        _ text: String, allowsSampling: Bool = true
    ) throws(GatewayRefusal) -> (body: JSONValue, lost: [String], usage: Bool) {
        let made = try Translation.messagesRequest(
            fromChat: ByteBuffer(string: text), model: "up", allowsSampling: allowsSampling)
        return (try Translation.reply(made.body), made.lost, made.includesUsage)
    }

    static func toChat(_ text: String) throws(GatewayRefusal) -> (body: JSONValue, lost: [String]) {
        let made = try Translation.chatRequest(fromMessages: ByteBuffer(string: text), model: "up")
        return (try Translation.reply(made.body), made.lost)
    }

    static func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }

    @Test("an ordinary OpenAI conversation becomes Anthropic's")
    func chatToMessages() throws {
        let made = try Self.toMessages(
            """
            {"model":"m","messages":[{"role":"system","content":"A"},{"role":"developer","content":[{"type":"text","text":"B"}]},
             {"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},
             {"role":"user","content":[{"type":"text","text":"See"},{"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}},
              {"type":"image_url","image_url":{"url":"https://x.org/a.png"}}]}],
             "max_completion_tokens":20,"max_tokens":10,"temperature":0.70,"top_p":0.9,"stop":"END","stream":true,
             "stream_options":{"include_usage":true},"user":"u1","n":1,"logprobs":false,"frequency_penalty":0,"seed":null}
            """)
        #expect(
            made.body
                == (try Self.json(
                    """
                    {"model":"up","temperature":0.70,"top_p":0.9,"stop_sequences":["END"],"stream":true,"max_tokens":20,
                     "system":"A\\n\\nB","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},
                     {"role":"user","content":[{"type":"text","text":"See"},
                      {"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}},
                      {"type":"image","source":{"type":"url","url":"https://x.org/a.png"}}]}],
                     "metadata":{"user_id":"u1"}}
                    """)))
        #expect(made.lost.isEmpty && made.usage)
    }

    @Test("OpenAI's tools, calls and results become Anthropic's, and results of one turn stand together")
    func chatTools() throws {
        let made = try Self.toMessages(
            """
            {"model":"m","messages":[{"role":"user","content":"Weather?"},
             {"role":"assistant","content":null,"tool_calls":[
              {"id":"c1","type":"function","function":{"name":"w","arguments":"{\\"city\\":\\"Zürich\\",\\"n\\":1.50}"}},
              {"id":"c2","type":"function","function":{"name":"t","arguments":""}}]},
             {"role":"tool","tool_call_id":"c1","content":"sun"},
             {"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"noon"}]},
             {"role":"user","content":"And now?"}],
             "tools":[{"type":"function","function":{"name":"w","description":"D","strict":true,"parameters":{"type":"object","properties":{"city":{"type":"string"}}}}},
              {"type":"function","function":{"name":"t"}}],
             "tool_choice":"required","parallel_tool_calls":false}
            """)
        #expect(
            made.body["messages"]
                == (try Self.json(
                    """
                    [{"role":"user","content":"Weather?"},
                     {"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"w","input":{"city":"Zürich","n":1.50}},
                      {"type":"tool_use","id":"c2","name":"t","input":{}}]},
                     {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"sun"},
                      {"type":"tool_result","tool_use_id":"c2","content":[{"type":"text","text":"noon"}]},
                      {"type":"text","text":"And now?"}]}]
                    """)))
        #expect(
            made.body["tools"]
                == (try Self.json(
                    """
                    [{"name":"w","description":"D","strict":true,"input_schema":{"type":"object","properties":{"city":{"type":"string"}}}},
                     {"name":"t","input_schema":{"type":"object","properties":{}}}]
                    """)))
        #expect(made.body["tool_choice"] == ["type": "any", "disable_parallel_tool_use": true])
        #expect(made.body["max_tokens"] == 4096)
    }

    @Test(
        "each of OpenAI's tool choices has its Anthropic form",
        arguments: [
            (#""auto""#, #"{"type":"auto"}"#), (#""none""#, #"{"type":"none"}"#), (#""required""#, #"{"type":"any"}"#),
            (#"{"type":"function","function":{"name":"w"}}"#, #"{"type":"tool","name":"w"}"#),
        ])
    func toolChoices(chat: String, messages: String) throws {
        let tools = #""tools":[{"type":"function","function":{"name":"w"}}]"#
        let body = #"{"model":"m","messages":[{"role":"user","content":"x"}],\#(tools),"tool_choice":\#(chat)}"#
        #expect(try Self.toMessages(body).body["tool_choice"] == (try Self.json(messages)))
        let back =
            #"{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"}],"tools":[{"name":"w","input_schema":{}}],"tool_choice":\#(messages)}"#
        #expect(try Self.toChat(back).body["tool_choice"] == (try Self.json(chat)))
    }

    @Test("JSON by a schema and effort are carried over both ways")
    func schemas() throws {
        let chat = try Self.toMessages(
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"reasoning_effort":"low","response_format":{"type":"json_schema","json_schema":{"name":"r","schema":{"type":"object"}}}}"#
        )
        #expect(
            chat.body["output_config"] == [
                "effort": "low", "format": ["type": "json_schema", "schema": ["type": "object"]],
            ])
        let messages = try Self.toChat(
            #"{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"output_config":{"effort":"high","format":{"type":"json_schema","schema":{"type":"object"}}}}"#
        )
        #expect(messages.body["reasoning_effort"] == "high")
        #expect(messages.body["response_format"]?["json_schema"]?["schema"] == ["type": "object"])
    }

    @Test("an ordinary Anthropic conversation becomes OpenAI's")
    func messagesToChat() throws {
        let made = try Self.toChat(
            """
            {"model":"m","max_tokens":64,"system":[{"type":"text","text":"A"},{"type":"text","text":"B"}],
             "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]},{"role":"assistant","content":"Hello"},
             {"role":"user","content":[{"type":"text","text":"See"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}},
              {"type":"image","source":{"type":"url","url":"https://x.org/a.png"}},
              {"type":"document","title":"T","source":{"type":"text","media_type":"text/plain","data":"D"}}]},
             {"role":"system","content":"Later"}],
             "temperature":1,"top_p":0.5,"stop_sequences":["E"],"stream":true,"metadata":{"user_id":"u1"},"thinking":{"type":"disabled"}}
            """)
        #expect(
            made.body
                == (try Self.json(
                    """
                    {"model":"up","max_tokens":64,"temperature":1,"top_p":0.5,"stop":["E"],"stream":true,"stream_options":{"include_usage":true},
                     "user":"u1","messages":[{"role":"system","content":"A\\n\\nB"},{"role":"user","content":"Hi"},
                     {"role":"assistant","content":"Hello"},
                     {"role":"user","content":[{"type":"text","text":"See"},{"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}},
                      {"type":"image_url","image_url":{"url":"https://x.org/a.png"}},{"type":"text","text":"T\\n\\nD"}]},
                     {"role":"system","content":"Later"}]}
                    """)))
        #expect(made.lost.isEmpty)
        let limit = try Translation.chatRequest(
            fromMessages: ByteBuffer(string: #"{"model":"m","max_tokens":7,"messages":[]}"#), model: "up",
            limitsCompletion: true)
        #expect(try Translation.reply(limit.body)["max_completion_tokens"] == 7)
    }

    @Test("Anthropic's tools, calls and results become OpenAI's, and pictures in results follow as the user's")
    func messagesTools() throws {
        let made = try Self.toChat(
            """
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Weather?"},
             {"role":"assistant","content":[{"type":"thinking","thinking":"…","signature":"s"},{"type":"text","text":"Let me look."},
              {"type":"tool_use","id":"c1","name":"w","input":{"b":1.50,"a":"ü"}}]},
             {"role":"user","content":[{"type":"text","text":"Go on"},{"type":"tool_result","tool_use_id":"c1","is_error":true,
              "content":[{"type":"text","text":"sun"},{"type":"image","source":{"type":"url","url":"https://x.org/b.png"}}]}]}],
             "tools":[{"name":"w","description":"D","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}}],
             "tool_choice":{"type":"auto","disable_parallel_tool_use":true}}
            """)
        #expect(
            made.body["messages"]
                == (try Self.json(
                    """
                    [{"role":"user","content":"Weather?"},
                     {"role":"assistant","content":"Let me look.","tool_calls":[{"id":"c1","type":"function","function":{"name":"w","arguments":"{\\"b\\":1.50,\\"a\\":\\"ü\\"}"}}]},
                     {"role":"tool","tool_call_id":"c1","content":"sun"},
                     {"role":"user","content":[{"type":"text","text":"Go on"},{"type":"image_url","image_url":{"url":"https://x.org/b.png"}}]}]
                    """)))
        #expect(
            made.body["tools"]
                == [
                    [
                        "type": "function",
                        "function": ["name": "w", "description": "D", "parameters": ["type": "object"]],
                    ]
                ])
        #expect(made.body["tool_choice"] == "auto" && made.body["parallel_tool_calls"] == false)
        #expect(
            made.lost == [
                "messages[1].content[0]: thinking", "messages[2].content[1].is_error", "tools[0].cache_control",
            ])
    }

    @Test("sampling is left out, and said to be, where the API refuses it")
    func sampling() throws {
        let made = try Self.toMessages(
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"temperature":0.2,"top_p":1,"top_k":3}"#,
            allowsSampling: false)
        #expect(made.body["temperature"] == nil && made.body["top_p"] == nil && made.body["top_k"] == nil)
        #expect(made.lost == ["temperature", "top_p", "top_k"])
    }

    @Test("what is left out is named")
    func losses() throws {
        let chat = try Self.toMessages(
            #"{"model":"m","messages":[{"role":"user","content":"x","name":"n"},{"role":"system","content":"late"}],"seed":1,"logit_bias":{"1":2},"presence_penalty":0.5,"temperature":1.5,"reasoning_effort":"minimal","made_up":true,"prediction":null}"#
        )
        #expect(
            chat.lost == [
                "messages[0].name", "messages[1]: its place (system text goes in front)", "seed", "logit_bias",
                "presence_penalty", "temperature above 1", "reasoning_effort below low", "made_up",
            ])
        #expect(chat.body["temperature"] == 1 && chat.body["system"] == "late")
        let messages = try Self.toChat(
            #"{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"top_k":5,"metadata":{"a":1},"thinking":{"type":"enabled","budget_tokens":2000},"service_tier":"auto"}"#
        )
        #expect(messages.lost == ["top_k", "metadata.a", "thinking", "service_tier"])
    }

    @Test(
        "what OpenAI's clients may ask and Anthropic's API can't do is refused by name",
        arguments: [
            (#""n":2"#, "n"), (#""logprobs":true"#, "logprobs"),
            (#""response_format":{"type":"json_object"}"#, "response_format"),
            (#""response_format":{"type":"json_schema"}"#, "response_format"),
            (#""modalities":["audio"]"#, "modalities"),
            (#""audio":{}"#, "audio"), (#""web_search_options":{}"#, "web_search_options"),
            (#""functions":[]"#, "functions"),
            (#""tools":[{"type":"custom","custom":{"name":"x"}}]"#, "tools[0]"),
            (#""tool_choice":{"type":"allowed_tools"}"#, "tool_choice"),
        ])
    func chatRefusals(field: String, param: String) {
        let refusal = #expect(throws: GatewayRefusal.self) {
            try Self.toMessages(#"{"model":"m","messages":[{"role":"user","content":"x"}],\#(field)}"#)
        }
        #expect(refusal?.status == 400 && refusal?.param == param)
        #expect(refusal?.message.contains(param) == true)
    }

    @Test(
        "messages that have no Anthropic form are refused by their place",
        arguments: [
            (#"{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}"#, "messages[0].content[0]"),
            (
                #"{"role":"user","content":[{"type":"image_url","image_url":{"url":"file:///x"}}]}"#,
                "messages[0].content[0]"
            ),
            (#"{"role":"user","content":[{"type":"file","file":{"file_id":"f"}}]}"#, "messages[0].content[0]"),
            (#"{"role":"tool","content":"x"}"#, "messages[0].tool_call_id"),
            (#"{"role":"function","content":"x"}"#, "messages[0].role"),
            (#"{"role":"assistant","function_call":{}}"#, "messages[0].function_call"),
            (#"{"role":"assistant","tool_calls":[{"type":"custom","id":"c"}]}"#, "messages[0].tool_calls[0]"),
            (#"{"role":"system","content":"only this"}"#, "messages"), (#"{"role":"user","content":""}"#, "messages"),
        ])
    func messageRefusals(message: String, param: String) {
        let refusal = #expect(throws: GatewayRefusal.self) {
            try Self.toMessages(#"{"model":"m","messages":[\#(message)]}"#)
        }
        #expect(refusal?.param == param)
    }

    @Test(
        "what Anthropic's clients may ask and OpenAI's API can't do is refused by name",
        arguments: [
            (#""container":"c""#, "container"), (#""mcp_servers":[{}]"#, "mcp_servers"),
            (#""tools":[{"type":"web_search_20250305","name":"web_search"}]"#, "tools[0]"),
            (#""tool_choice":{"type":"x"}"#, "tool_choice"), (#""system":[{"type":"image"}]"#, "system[0]"),
            (#""messages":[{"role":"user","content":[{"type":"search_result"}]}]"#, "messages[0].content[0]"),
            (
                #""messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"f"}}]}]"#,
                "messages[0].content[0]"
            ),
            (#""messages":[{"role":"assistant","content":[{"type":"server_tool_use"}]}]"#, "messages[0].content[0]"),
            (#""messages":[{"role":"user","content":[{"type":"tool_result"}]}]"#, "messages[0].content[0].tool_use_id"),
            (#""messages":[{"role":"robot","content":"x"}]"#, "messages[0].role"),
            (#""output_config":{"format":{"type":"x"}}"#, "output_config.format"),
        ])
    func messagesRefusals(field: String, param: String) {
        let refusal = #expect(throws: GatewayRefusal.self) {
            try Self.toChat(#"{"model":"m","max_tokens":1,\#(field)}"#)
        }
        #expect(refusal?.status == 400 && refusal?.param == param)
    }

    @Test("arguments that are no JSON object are kept, not dropped")
    func oddArguments() {
        #expect(Translation.toolInput(" ") == [:])
        #expect(Translation.toolInput(#"{"a":[1]}"#) == ["a": [1]])
        for odd in ["[1]", "{", "nonsense", "3", #"{"a":1,"a":2}"#] {
            #expect(Translation.toolInput(odd) == ["unparsed_arguments": .string(odd)])
        }
    }

    @Test("random bodies are translated or refused, never crash, and what comes out is JSON")
    func fuzzRequests() throws {
        var writer = JSONWriterByChance(seed: 11)
        for _ in 0..<1_500 {
            let parts = ["text", "image_url", "image", "tool_use", "tool_result", "document", "file", "x"]
            let block =
                #"{"type":"\#(parts.randomElement(using: &writer.generator)!)","text":\#(writer.value(depth: 1)),"source":\#(writer.value(depth: 2)),"image_url":\#(writer.value(depth: 2)),"content":\#(writer.value(depth: 2)),"id":\#(writer.value(depth: 0)),"name":"n","input":\#(writer.value(depth: 2)),"tool_use_id":"t"}"#
            let roles = ["user", "assistant", "system", "tool"]
            let role = roles.randomElement(using: &writer.generator)!
            let content = writer.chance(2) ? writer.string() : "[\(block),\(block)]"
            let body =
                #"{"model":"m","messages":[{"role":"user","content":"x"},{"role":"\#(role)","content":\#(content),"tool_call_id":"c","tool_calls":\#(writer.value(depth: 2))}],"tools":\#(writer.value(depth: 2)),"stop":\#(writer.value(depth: 1)),"system":\#(writer.value(depth: 1)),"tool_choice":\#(writer.value(depth: 1))}"#
            guard ReferenceJSON.value(Array(body.utf8)) != nil else { continue }
            for made in [
                try? Translation.messagesRequest(fromChat: ByteBuffer(string: body), model: "m"),
                try? Translation.chatRequest(fromMessages: ByteBuffer(string: body), model: "m"),
            ] {
                if let made { #expect(ReferenceJSON.value(Array(made.body.readableBytesView)) != nil) }
            }
        }
    }
}
