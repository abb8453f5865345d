-- The load that wrk sends: one POST again and again. Settings come from the environment:
--   BENCH_BODY   the file with the request's body
--   BENCH_KEY    the key for the Authorization header
--   BENCH_THINK  milliseconds each connection waits, on average, between a reply and its next request
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. (os.getenv("BENCH_KEY") or "none")

local file = assert(io.open(os.getenv("BENCH_BODY"), "rb"))
wrk.body = file:read("*a")
file:close()

local think = tonumber(os.getenv("BENCH_THINK") or "0")
if think > 0 then
    -- Spread from half to one and a half of the mean, so that the connections do not march in step.
    function delay()
        return math.floor(think * (0.5 + math.random()) + 0.5)
    end
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        '\nRESULT {"requests":%d,"microseconds":%d,"bytes":%d,"p50":%.1f,"p90":%.1f,"p99":%.1f,"p999":%.1f,"max":%.1f,'
            .. '"mean":%.1f,"errors":{"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d}}\n',
        summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(90),
        latency:percentile(99), latency:percentile(99.9), latency.max, latency.mean,
        errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
