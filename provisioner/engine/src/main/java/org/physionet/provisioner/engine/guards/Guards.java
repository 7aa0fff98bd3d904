package org.physionet.provisioner.engine.guards;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.guards.GuardCase.Kind;
import org.physionet.provisioner.engine.guards.GuardCase.State;
import org.physionet.provisioner.engine.model.DatasetId;

/**
 * Decides which changes go on and which are held (CONTRACT, "Guards"). People are counted, not edges. Changes are taken by
 * cause, the smallest first, so that one large accident does not hold what is ordinary.
 */
public final class Guards {
    private final GuardLimits limits;
    private final Map<DatasetId, Integer> holders;
    private final Map<String, GuardCase> open = new HashMap<>();
    private final Instant at;

    private final SortedMap<String, List<Claim>> heldByCase = new TreeMap<>();
    private final Map<String, Cause> newCauses = new HashMap<>();
    private final Set<String> opened = new HashSet<>();

    /** @param holders how many people hold each dataset now */
    public Guards(GuardLimits limits, Map<DatasetId, Integer> holders, Collection<GuardCase> openCases, Instant at) {
        this.limits = limits;
        this.holders = holders;
        this.at = at;
        openCases.forEach(c -> open.put(c.id(), c));
    }

    /**
     * @param caseOf the case that holds a claim; claims that are not in here go on
     * @param opened cases that this judgement opened, or that grew by people of their own account
     */
    public record Verdict(Map<Claim, String> caseOf, List<GuardCase> cases, Set<String> opened) {}

    /** @param complete whether these are all changes of a complete, healthy plan: only then do cases shrink and close */
    public Verdict judge(List<Claim> claims, boolean complete) {
        List<Claim> counted = claims.stream().filter(c -> !knownToCases(c)).toList();
        revocations(byCause(counted, Kind.REVOCATIONS));
        admissions(byCause(counted, Kind.ADMISSIONS));
        Map<Claim, String> caseOf = new HashMap<>();
        heldByCase.forEach((id, held) -> held.forEach(claim -> caseOf.put(claim, id)));
        return new Verdict(caseOf, cases(claims, complete), Set.copyOf(opened));
    }

    private static Map<Cause, List<Claim>> byCause(List<Claim> claims, Kind kind) {
        Map<Cause, List<Claim>> groups = new LinkedHashMap<>();
        claims.stream()
                .filter(c -> c.kind() == kind)
                .forEach(c -> groups.computeIfAbsent(c.cause(), k -> new ArrayList<>())
                        .add(c));
        return groups;
    }

    /** Held by an open case, or let through by its release or the end of its grace; either way not counted again. */
    private boolean knownToCases(Claim claim) {
        for (String id : List.of(idOf(claim), idAt(claim))) {
            GuardCase known = open.get(id);
            if (known == null) {
                continue;
            }
            if (known.released().contains(claim.member()) || graceIsOver(known)) {
                return true;
            }
            if (known.members().contains(claim.member()) || known.systemic()) {
                hold(id, claim);
                return true;
            }
        }
        return false;
    }

    private boolean graceIsOver(GuardCase known) {
        return known.state() == State.DEFERRED
                && known.deferredUntil() != null
                && known.deferredUntil().isBefore(at);
    }

    private void hold(String id, Claim claim) {
        heldByCase.computeIfAbsent(id, k -> new ArrayList<>()).add(claim);
        newCauses.putIfAbsent(id, claim.cause());
    }

    private void revocations(Map<Cause, List<Claim>> groups) {
        Set<String> leaving = new HashSet<>();
        Map<DatasetId, Set<String>> leavingDataset = new HashMap<>();
        for (Map.Entry<Cause, List<Claim>> group : smallestFirst(groups)) {
            Set<String> people = people(group.getValue());
            Set<String> together = new HashSet<>(leaving);
            together.addAll(people);
            Map<DatasetId, List<Claim>> tooMany = tooManyOf(group.getValue(), leavingDataset);
            if (together.size() > limits.maxRevocations() || group.getKey().systemic() && !tooMany.isEmpty()) {
                openCase(idOf(group.getValue().getFirst()), group.getValue());
                continue;
            }
            tooMany.values().forEach(part -> openCase(idAt(part.getFirst()), part));
            for (Claim claim : group.getValue()) {
                if (!tooMany.containsKey(claim.member().dataset())) {
                    leaving.add(claim.member().person());
                    leavingDataset
                            .computeIfAbsent(claim.member().dataset(), d -> new HashSet<>())
                            .add(claim.member().person());
                }
            }
        }
    }

    private Map<DatasetId, List<Claim>> tooManyOf(List<Claim> group, Map<DatasetId, Set<String>> leavingDataset) {
        Map<DatasetId, List<Claim>> byDataset = new TreeMap<>();
        group.forEach(c -> byDataset
                .computeIfAbsent(c.member().dataset(), d -> new ArrayList<>())
                .add(c));
        byDataset.entrySet().removeIf(e -> {
            Set<String> losing = new HashSet<>(leavingDataset.getOrDefault(e.getKey(), Set.of()));
            losing.addAll(people(e.getValue()));
            return !limits.exceedsPercent(losing.size(), holders.getOrDefault(e.getKey(), 0));
        });
        return byDataset;
    }

    private void admissions(Map<Cause, List<Claim>> groups) {
        for (List<Claim> group : groups.values()) {
            Map<Object, List<Claim>> byResource = new HashMap<>();
            group.forEach(c -> byResource
                    .computeIfAbsent(c.resource(), r -> new ArrayList<>())
                    .add(c));
            if (byResource.values().stream().anyMatch(part -> people(part).size() > limits.maxAdmissions())) {
                openCase(idOf(group.getFirst()), group);
            }
        }
    }

    private static List<Map.Entry<Cause, List<Claim>>> smallestFirst(Map<Cause, List<Claim>> groups) {
        return groups.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Cause, List<Claim>> g) ->
                                people(g.getValue()).size())
                        .thenComparing(g -> g.getKey().key()))
                .toList();
    }

    private static Set<String> people(List<Claim> claims) {
        Set<String> people = new HashSet<>();
        claims.forEach(c -> people.add(c.member().person()));
        return people;
    }

    private void openCase(String id, List<Claim> claims) {
        claims.forEach(claim -> hold(id, claim));
        opened.add(id);
    }

    /** Every case that is new or differs from what is recorded. */
    private List<GuardCase> cases(List<Claim> claims, boolean complete) {
        Set<GuardCase.Member> planned = new HashSet<>();
        claims.forEach(c -> planned.add(c.member()));
        List<GuardCase> changed = new ArrayList<>();
        Set<String> ids = new HashSet<>(heldByCase.keySet());
        ids.addAll(open.keySet());
        for (String id : ids.stream().sorted().toList()) {
            GuardCase known = open.get(id);
            List<Claim> held = heldByCase.getOrDefault(id, List.of());
            GuardCase next = known == null ? fresh(id, held) : next(known, held, planned, complete);
            if (!next.equals(known)) {
                changed.add(next);
            }
        }
        return changed;
    }

    private GuardCase fresh(String id, List<Claim> held) {
        Claim first = held.getFirst();
        String where = id.equals(idOf(first)) ? "" : first.member().dataset() + ": ";
        return new GuardCase(
                id,
                first.kind(),
                where + first.cause().text(),
                first.cause().systemic(),
                at,
                State.OPEN,
                null,
                members(held),
                new java.util.TreeSet<>());
    }

    private static java.util.SortedSet<GuardCase.Member> members(List<Claim> claims) {
        java.util.SortedSet<GuardCase.Member> members = new java.util.TreeSet<>();
        claims.forEach(c -> members.add(c.member()));
        return members;
    }

    private static GuardCase next(GuardCase known, List<Claim> held, Set<GuardCase.Member> planned, boolean complete) {
        java.util.SortedSet<GuardCase.Member> members = members(held);
        java.util.SortedSet<GuardCase.Member> released = new java.util.TreeSet<>(known.released());
        boolean grace = known.state() == State.DEFERRED;
        if (complete) {
            released.retainAll(planned);
            if (grace && held.isEmpty()) {
                members.addAll(known.members());
                members.retainAll(planned);
            }
        } else {
            members.addAll(known.members());
        }
        members.removeAll(released);
        State state = members.isEmpty() && released.isEmpty() ? State.CLOSED : known.state();
        return new GuardCase(
                known.id(),
                known.kind(),
                known.cause(),
                known.systemic(),
                known.openedAt(),
                state,
                known.deferredUntil(),
                members,
                released);
    }

    /** The id of a case that holds everything with one cause. */
    private static String idOf(Claim claim) {
        return id(claim.kind() + "|" + claim.cause().key());
    }

    /** The id of a case that holds one dataset's part of a cause. */
    private static String idAt(Claim claim) {
        return id(
                claim.kind() + "|" + claim.cause().key() + "|" + claim.member().dataset());
    }

    private static String id(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "case-" + HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
