package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A failure to inject.
 *
 * @param method the operation's name in the provider's reference; a {@code *} stands for any text
 * @param status the HTTP status to answer with, 400 to 599; 0 with {@code reset}, or if the call is only slowed down
 * @param reason the provider's reason or code, e.g. {@code rateLimitExceeded}; empty for the usual one of that status
 * @param reset the connection is cut without an answer
 * @param applied the change is made, and then the failure is answered
 * @param stale a read is answered as it was before the last change, if that was ever read (see {@link StaleAnswers})
 * @param delay how much later the answer comes
 * @param probability of striking a call that it fits, above 0 and at most 1, drawn from the world's seed
 * @param count how many calls it strikes; empty means every one
 */
public record Fault(
        String method,
        int status,
        String reason,
        boolean reset,
        boolean applied,
        boolean stale,
        Duration delay,
        double probability,
        OptionalLong count) {

    /** Lets the call through, slowed down or with an old answer. */
    public boolean harmless() {
        return status == 0 && !reset;
    }

    boolean fits(String name) {
        return name.matches("\\Q" + method.replace("*", "\\E.*\\Q") + "\\E");
    }

    /** @throws IllegalArgumentException naming the field that is not understood */
    public static List<Fault> list(JsonNode json) {
        if (!json.isArray()) {
            throw new IllegalArgumentException(
                    "faults: expected a list such as [{\"method\":\"storage.buckets.setIamPolicy\",\"status\":503}]");
        }
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            faults.add(read(Fields.of("faults[" + i + "]", json.get(i))));
        }
        return faults;
    }

    private static Fault read(Fields fields) {
        String method = fields.text("method");
        long status = fields.wholeNumber("status").orElse(0L);
        String reason = fields.optionalText("reason").orElse("");
        boolean reset = fields.bool("reset", false);
        boolean applied = fields.bool("applied", false);
        boolean stale = fields.bool("stale", false);
        Duration delay = fields.duration("delay").orElse(Duration.ZERO);
        var probability = fields.number("probability");
        var count = fields.wholeNumber("count");
        fields.end();
        boolean through = !reset && !applied && (stale || !delay.isZero());
        if (status == 0 && !reset && !through) {
            status = 503;
        }
        if (status != 0 && (status < 400 || status > 599)) {
            throw fields.wrong("status", "an HTTP error, 400 to 599", String.valueOf(status));
        }
        if (reset && status != 0) {
            throw fields.wrong("status", "none, because reset cuts the connection", String.valueOf(status));
        }
        if (stale && (status != 0 || reset || applied)) {
            throw fields.wrong("stale", "a fault of its own, without status, reset and applied", "true");
        }
        if (delay.isNegative()) {
            throw fields.wrong("delay", "a duration of zero or more", delay.toString());
        }
        double chance = probability.orElse(1.0);
        if (!(chance > 0 && chance <= 1)) {
            throw fields.wrong("probability", "above 0 and at most 1", String.valueOf(chance));
        }
        if (count.isPresent() && count.get() < 1) {
            throw fields.wrong("count", "1 or more", count.get().toString());
        }
        OptionalLong times =
                count.map(OptionalLong::of).orElse(probability.isPresent() ? OptionalLong.empty() : OptionalLong.of(1));
        return new Fault(method, (int) status, reason, reset, applied, stale, delay, chance, times);
    }

    /** The same for another number of calls. */
    Fault times(long left) {
        return new Fault(method, status, reason, reset, applied, stale, delay, probability, OptionalLong.of(left));
    }

    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("method", method);
        if (status != 0) {
            json.put("status", status);
        }
        if (!reason.isEmpty()) {
            json.put("reason", reason);
        }
        json.put("reset", reset).put("applied", applied).put("stale", stale).put("delay", delay.toString());
        json.put("probability", probability);
        count.ifPresent(n -> json.put("count", n));
        return json;
    }
}
