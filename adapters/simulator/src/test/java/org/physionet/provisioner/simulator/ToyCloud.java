package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A provider with one number: {@code GET /toy/number}, {@code POST /toy/add}, {@code PUT /toy/blob}. */
final class ToyCloud implements SimulatedCloud {
    private final String provider;
    private long number;

    ToyCloud(String provider) {
        this.provider = provider;
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public Optional<Operation> recognise(Request request) {
        return switch (request.method() + " " + request.rawPath()) {
            case "GET /toy/number", "HEAD /toy/number" ->
                Optional.of(new Toy("toy.get", Operation.Kind.READ, () -> Response.json(200, String.valueOf(number))));
            case "POST /toy/add" ->
                Optional.of(new Toy("toy.add", Operation.Kind.WRITE, () -> {
                    number++;
                    return Response.json(200, String.valueOf(number));
                }));
            case "PUT /toy/blob" ->
                Optional.of(new Toy(
                        "toy.put",
                        Operation.Kind.WRITE,
                        () -> Response.json(200, "\"" + request.body().length + " " + request.host() + "\"")));
            default -> Optional.empty();
        };
    }

    @Override
    public Verdict canRead(String principal, String resource) {
        if (!principal.contains(":")) {
            throw new IllegalArgumentException("principal: expected user:EMAIL, found \"" + principal + "\"");
        }
        return new Verdict(principal.equals("user:ada@example.org"), "the toy says so about " + resource);
    }

    @Override
    public boolean ownsScheme(String scheme) {
        return scheme.equals(provider);
    }

    @Override
    public ObjectNode dump() {
        return Json.MAPPER.createObjectNode().put("number", number);
    }

    @Override
    public void load(ObjectNode state) {
        Fields fields = Fields.of(provider, state);
        long loaded = fields.wholeNumber("number").orElse(0L);
        fields.end();
        number = loaded;
    }

    @Override
    public void reset() {
        number = 0;
    }

    private record Toy(String method, Kind kind, java.util.function.Supplier<Response> action) implements Operation {
        @Override
        public Response perform() {
            return action.get();
        }

        @Override
        public Response refuse(int status, String reason) {
            return new Response(status, java.util.Map.of(), reason.getBytes(StandardCharsets.UTF_8));
        }
    }
}
