package org.physionet.provisioner.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.RecordView;

/**
 * Keeps refused principals apart. A first refusal may be a false alarm (facts/aws.md A2.1): it is confirmed only after
 * several refusals over a quarter of an hour, and even then tried again on a schedule. Safe for concurrent use.
 */
final class Refusals {
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final Duration CONFIRMED_AFTER = Duration.ofMinutes(15);
    private static final Duration LONGEST_RETRY = Duration.ofHours(24);
    private static final int CONFIRMED_REFUSALS = 3;

    private final InstantSource clock;
    private final Map<Principal, Quarantined> known = new HashMap<>();
    private final Set<Principal> before = new HashSet<>();
    private final Map<Principal, Quarantined> inThisRun = new TreeMap<>();

    Refusals(InstantSource clock, RecordView record) {
        this.clock = clock;
        record.quarantine().forEach(q -> known.put(q.principal(), q));
        before.addAll(known.keySet());
    }

    /** @param journal of the resource that refused it */
    synchronized void refused(Principal principal, ResourceId at, String reason, Journal journal) {
        Instant now = clock.instant();
        Quarantined last = known.get(principal);
        int refusals = last == null ? 1 : last.refusals() + 1;
        Instant since = last == null ? now : last.since();
        boolean confirmed =
                refusals >= CONFIRMED_REFUSALS && !since.plus(CONFIRMED_AFTER).isAfter(now);
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(refusals - 1, 12));
        Quarantined entry = new Quarantined(
                principal,
                at,
                reason,
                confirmed,
                refusals,
                since,
                now.plus(wait.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait));
        known.put(principal, entry);
        inThisRun.put(principal, entry);
        journal.quarantine(entry);
    }

    /**
     * Accepted after all: re-admitted by itself.
     *
     * @param journal of the resource that accepted them
     */
    synchronized void cleared(List<Change> grants, Journal journal) {
        List<Principal> back = grants.stream()
                .map(Change::principal)
                .filter(p -> known.remove(p) != null)
                .toList();
        if (!back.isEmpty()) {
            journal.readmit(back);
        }
    }

    /** Refused in this run already, at whatever resource: not tried again before the next. */
    synchronized boolean inThisRun(Principal principal) {
        return inThisRun.containsKey(principal);
    }

    synchronized List<Quarantined> ofThisRun() {
        return List.copyOf(inThisRun.values());
    }

    /** Refused now and not known to be refused before this run. */
    synchronized List<Quarantined> fresh() {
        return inThisRun.values().stream()
                .filter(q -> !before.contains(q.principal()))
                .toList();
    }
}
