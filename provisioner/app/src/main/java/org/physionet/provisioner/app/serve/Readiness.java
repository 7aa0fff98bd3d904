package org.physionet.provisioner.app.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.physionet.provisioner.engine.store.RunRecord;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.store.SqlStore;

/** Whether this instance does what it is there for, as the record shows it. */
final class Readiness {
    private static final String PROBE = "ready";
    /** Two runs may fail for a reason that passes; three in a row are a site that does not follow. */
    private static final int MISSED = 3;

    private final SqlStore store;
    private final InstantSource clock;
    private final Duration every;
    private final Stop stop;
    private final String instance;
    private final Instant since;
    private final Function<Instant, Optional<String>> alert;

    /** @param alert what a person should know now, though the service does what it is there for */
    Readiness(
            SqlStore store,
            InstantSource clock,
            Duration every,
            Stop stop,
            String instance,
            Function<Instant, Optional<String>> alert) {
        this.alert = alert;
        this.store = store;
        this.clock = clock;
        this.every = every;
        this.stop = stop;
        this.instance = instance;
        this.since = clock.instant();
    }

    /** @param document for people and programs: each check with what was found */
    record State(boolean ready, ObjectNode document) {}

    State state() {
        Checks checks = new Checks();
        checks.add("serving", !stop.isAsked(), stop.isAsked() ? "is ending" : "since " + since);
        try {
            Instant now = clock.instant();
            store.acquire(PROBE, instance, Duration.ZERO, now);
            checks.add("store", true, "writable");
            lastRun(checks, now);
            source(checks);
            alert.apply(now).ifPresent(checks::alert);
        } catch (StoreException e) {
            checks.add("store", false, String.valueOf(e.getMessage()));
        }
        return checks.state();
    }

    private void lastRun(Checks checks, Instant now) {
        Optional<RunRecord> newest = store.answers().newestRun(ScheduledRun.TRIGGER, false);
        Optional<Instant> underWay = newest.filter(run -> run.end() == null).map(RunRecord::startedAt);
        Optional<Instant> ended = store.answers()
                .newestRun(ScheduledRun.TRIGGER, true)
                .map(RunRecord::end)
                .map(RunRecord.End::at);
        Instant from = ended.filter(at -> at.isAfter(since)).orElse(since);
        boolean recent = !now.isAfter(from.plus(every.multipliedBy(MISSED)));
        boolean working = underWay.filter(at -> !now.isAfter(at.plus(ScheduledRun.DEADLINE)))
                .isPresent();
        checks.add(
                "lastRun",
                recent || working,
                ended.map(at -> "ended " + at).orElse("none yet")
                        + underWay.map(at -> ", one under way since " + at).orElse(""));
    }

    private void source(Checks checks) {
        Optional<RunRecord> last = store.answers().newestRun(ScheduledRun.TRIGGER, true);
        boolean trouble = last.map(RunRecord::end)
                .filter(end -> end.summary().containsKey(RunRecord.SOURCE_TROUBLE))
                .isPresent();
        checks.add(
                "source",
                !trouble,
                last.map(run -> run.id() + (trouble ? " could not go by it" : " went by it"))
                        .orElse("not read yet"));
    }

    private static final class Checks {
        private final ObjectNode each = JsonNodeFactory.instance.objectNode();
        private final ArrayNode alerts = JsonNodeFactory.instance.arrayNode();
        private boolean all = true;

        void add(String name, boolean ok, String found) {
            all &= ok;
            each.putObject(name).put("ok", ok).put("found", found);
        }

        /** Says it and takes nothing away: another instance could do no better. */
        void alert(String text) {
            alerts.add(text);
        }

        State state() {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("status", all ? "ready" : "not ready");
            document.set("alerts", alerts);
            document.set("checks", each);
            return new State(all, document);
        }
    }
}
