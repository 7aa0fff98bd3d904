package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.model.Resource;

/** Reads as the canaries until each answer is the one that a change must bring, all shards in turn. */
final class CanaryWatch {
    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);

    private final Site site;
    private final Resource resource;
    private final Duration wait;

    /** @param wait how long to go on after the last change */
    CanaryWatch(Site site, Resource resource, Duration wait) {
        this.site = site;
        this.resource = resource;
        this.wait = wait;
    }

    /**
     * A read that has to come out so.
     *
     * @param shard for people
     * @param place for {@link Canary#read}
     * @param since when the change was accepted that must bring it
     */
    record Expected(
            Canary canary,
            String shard,
            @Nullable String place,
            Class<? extends Canary.Reading> answer,
            Instant since) {}

    /**
     * How long each took; without an entry: not seen in time. What was seen is no sooner than the change, and no later than the read that
     * showed it.
     *
     * @param problems gets a sentence for each that was not seen
     */
    Map<Expected, Duration> until(List<Expected> all, List<String> problems) {
        Map<Expected, Duration> seen = new HashMap<>();
        Map<Expected, String> last = new HashMap<>();
        List<Expected> open = new ArrayList<>(all);
        Instant giveUp = site.clock().instant().plus(wait);
        while (true) {
            for (Expected one : List.copyOf(open)) {
                Canary.Reading answer = one.canary().read(resource, one.place());
                if (one.answer().isInstance(answer)) {
                    seen.put(one, Duration.between(one.since(), site.clock().instant()));
                    open.remove(one);
                }
                last.put(one, answer instanceof Canary.Reading.Unclear unclear ? ": " + unclear.why() : "");
            }
            if (open.isEmpty()) {
                return seen;
            }
            if (site.clock().instant().isAfter(giveUp)) {
                open.forEach(one -> problems.add(late(one) + last.getOrDefault(one, "")));
                return seen;
            }
            try {
                site.sleeper().sleep(BETWEEN_READS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                problems.add(resource.id() + ": interrupted");
                return seen;
            }
        }
    }

    private String late(Expected one) {
        return at(one.shard()) + ": the canary " + one.canary().principal() + " was not "
                + one.answer().getSimpleName().toLowerCase(Locale.ROOT) + " within " + wait.toSeconds() + " s";
    }

    /** The resource and its shard, for people. */
    String at(String shard) {
        return resource.id() + (shard.isEmpty() ? "" : " " + shard);
    }
}
