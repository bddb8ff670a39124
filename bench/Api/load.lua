-- Requests of many users in turn. Arguments: the operation's method, expected status and answer, the file of users, the body.
local requests, next_request = {}, 0
local threads = {}
local expected_status, expected_start

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  local method, body = args[1], args[5]
  expected_status, expected_start = tonumber(args[2]), args[3]
  wrong = 0

  for line in io.lines(args[4]) do
    local path, token = line:match("(%S+) (%S+)")
    local headers = { Authorization = "Bearer " .. token, Accept = "application/json" }
    if body then headers["Content-Type"] = "application/json" end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end

function request()
  next_request = next_request % #requests + 1
  return requests[next_request]
end

function response(status, headers, body)
  if status ~= expected_status or body:sub(1, #expected_start) ~= expected_start then
    wrong = wrong + 1
  end
end

function done(summary, latency)
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do
    errors = errors + thread:get("wrong")
  end
  io.write(string.format("RESULT %d %d %d %d %d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors))
end
