package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The control calls under {@code /_simulator/}. Each runs while the world's lock is held. */
final class Control {
    private static final String PREFIX = "/_simulator/";

    private final Simulator simulator;
    private final CanRead canRead;

    Control(Simulator simulator) {
        this.simulator = simulator;
        this.canRead = new CanRead(simulator.worldState());
    }

    static boolean claims(Request request) {
        return request.rawPath().startsWith(PREFIX) || request.rawPath().equals("/_simulator");
    }

    Response answer(Request request) {
        String path = request.rawPath();
        String name = path.length() <= PREFIX.length() ? "" : path.substring(PREFIX.length());
        try {
            return switch (request.method() + " " + name) {
                case "GET state" -> Response.json(200, Json.pretty(simulator.state()));
                case "PUT state" -> putState(request);
                case "POST can-read" -> canRead.answer(request);
                case "GET calls" -> Response.json(200, Json.pretty(CallCounts.json(simulator.calls())));
                case "POST calls/reset" -> done(simulator::resetCalls);
                case "GET clock" -> clock();
                case "POST clock" -> moveClock(request);
                case "GET faults" ->
                    Response.json(200, Json.pretty(simulator.faults().json()));
                case "POST faults" -> addFaults(request);
                case "POST reset" -> done(simulator::reset);
                default -> provider(request, name);
            };
        } catch (IllegalArgumentException e) {
            return Problem.of(400, String.valueOf(e.getMessage()));
        }
    }

    private Response putState(Request request) {
        if (!(Json.parse(request.body()) instanceof ObjectNode whole)) {
            throw new IllegalArgumentException("state: expected an object such as GET /_simulator/state answers");
        }
        simulator.load(whole);
        return Response.json(200, Json.pretty(simulator.state()));
    }

    private Response moveClock(Request request) {
        Fields fields = Fields.of("clock", Json.parse(request.body()));
        Optional<Duration> advance = fields.duration("advance");
        Optional<Instant> set = fields.instant("set");
        fields.end();
        if (advance.isPresent() == set.isPresent()) {
            throw new IllegalArgumentException("clock: expected either \"advance\" or \"set\"");
        }
        if (advance.isPresent() && advance.get().isNegative()) {
            throw fields.wrong(
                    "advance",
                    "zero or more; \"set\" can go back",
                    advance.get().toString());
        }
        advance.ifPresent(simulator.clock()::advance);
        set.ifPresent(simulator.clock()::set);
        return clock();
    }

    private Response clock() {
        String now = simulator.clock().instant().toString();
        return Response.json(200, Json.MAPPER.createObjectNode().put("clock", now) + "\n");
    }

    /** Adds behind those still pending; an empty list takes all pending ones back. */
    private Response addFaults(Request request) {
        List<Fault> faults = Fault.list(Json.parse(request.body()));
        if (faults.isEmpty()) {
            simulator.faults().clear();
        }
        simulator.inject(faults);
        return Response.json(200, Json.pretty(simulator.faults().json()));
    }

    private Response provider(Request request, String name) {
        int slash = name.indexOf('/');
        if (slash > 0 && request.method().equals("POST")) {
            JsonNode body = request.body().length == 0 ? Json.MAPPER.createObjectNode() : Json.parse(request.body());
            for (SimulatedCloud cloud : simulator.worldState().clouds()) {
                if (cloud.provider().equals(name.substring(0, slash)) && body instanceof ObjectNode object) {
                    Optional<ObjectNode> answer = cloud.control(name.substring(slash + 1), object);
                    if (answer.isPresent()) {
                        return Response.json(200, Json.pretty(answer.get()));
                    }
                }
            }
        }
        return Problem.of(
                404,
                "control call " + request.method() + " " + PREFIX + name + " is unknown; there are GET and PUT state,"
                        + " POST can-read, GET calls, POST calls/reset, GET and POST clock, GET and POST faults,"
                        + " POST reset, and POST PROVIDER/NAME for a provider's own");
    }

    private static Response done(Runnable action) {
        action.run();
        return Response.json(200, "{}\n");
    }
}
