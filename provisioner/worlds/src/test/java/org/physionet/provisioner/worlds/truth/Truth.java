package org.physionet.provisioner.worlds.truth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is so, and who may therefore read: CONTRACT, "Who may", for the part of it that worlds have, written pair by pair
 * without cleverness. It shares no code with the engine, on purpose.
 */
public final class Truth {
    /** What a dataset asks. */
    public enum Policy {
        RESTRICTED,
        CREDENTIALED,
        REVIEW
    }

    /** An admin's hold; {@code until} only for an exception. */
    public record Held(
            String id,
            Kind kind,
            String person,
            String what,
            @Nullable Instant until) {
        /** {@code what} is a dataset, except for an identity, where it is that. */
        public enum Kind {
            PERSON,
            PERSON_AT_DATASET,
            IDENTITY,
            DATASET,
            EXCEPTION
        }
    }

    public final Map<String, Person> people = new TreeMap<>();
    public final Map<String, Policy> datasets = new TreeMap<>();
    public final List<Held> holds = new ArrayList<>();
    /** Every identity that a person ever linked; none is ever another's. */
    public final Map<String, Set<String>> everLinked = new TreeMap<>();
    /** How long a training lasts; null: for ever. */
    public @Nullable Duration validity = Duration.ofDays(30);

    public Truth copy() {
        Truth copy = new Truth();
        people.forEach((id, person) -> copy.people.put(id, person.copy()));
        copy.datasets.putAll(datasets);
        copy.holds.addAll(holds);
        everLinked.forEach((id, all) -> copy.everLinked.put(id, new TreeSet<>(all)));
        copy.validity = validity;
        return copy;
    }

    public void linked(Person person) {
        Set<String> all = everLinked.computeIfAbsent(person.id, p -> new TreeSet<>());
        if (person.google != null) {
            all.add(person.google);
        }
        if (person.aws != null) {
            all.add(person.aws);
        }
    }

    /** Whose an identity is or was; null: nobody's. */
    public @Nullable String ownerOf(String identity) {
        for (Map.Entry<String, Set<String>> entry : everLinked.entrySet()) {
            if (entry.getValue().contains(identity)) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** Every identity of a provider that may read all of the datasets at an instant. */
    public Set<String> mayRead(String provider, Iterable<String> all, Instant at) {
        Set<String> may = new TreeSet<>();
        for (Person person : people.values()) {
            String identity = person.identity(provider);
            boolean every = identity != null;
            for (String dataset : all) {
                every = every && may(person, dataset, at) && !identityBlocked(identity, dataset);
            }
            if (every) {
                may.add(identity);
            }
        }
        return may;
    }

    public boolean may(Person person, String dataset, Instant at) {
        if (!person.active || blocked(person, dataset)) {
            return false;
        }
        boolean excepted = false;
        for (Held held : holds) {
            excepted |= held.kind() == Held.Kind.EXCEPTION
                    && held.person().equals(person.id)
                    && held.what().equals(dataset)
                    && !at.isAfter(held.until());
        }
        return excepted || meets(person, dataset, at);
    }

    private boolean meets(Person person, String dataset, Instant at) {
        return switch (datasets.get(dataset)) {
            case RESTRICTED -> person.signed.contains(dataset);
            case CREDENTIALED -> person.credentialed && person.signed.contains(dataset) && trained(person, at);
            case REVIEW -> person.credentialed && approved(person, dataset, at) && trained(person, at);
        };
    }

    /** A term is in force up to and including its last instant. */
    private boolean trained(Person person, Instant at) {
        return person.trainedAt != null && (validity == null || !at.isAfter(person.trainedAt.plus(validity)));
    }

    private static boolean approved(Person person, String dataset, Instant at) {
        Person.Approved approved = person.approved.get(dataset);
        return approved != null && !at.isAfter(approved.at().plus(Duration.ofDays(approved.days())));
    }

    /** Whether a block keeps a person out of a dataset, by themselves or by an identity that they link. */
    public boolean blocked(Person person, String dataset) {
        for (Held held : holds) {
            boolean hit = switch (held.kind()) {
                case PERSON -> held.person().equals(person.id);
                case PERSON_AT_DATASET ->
                    held.person().equals(person.id) && held.what().equals(dataset);
                case IDENTITY ->
                    held.what().equals(person.google) || held.what().equals(person.aws);
                case DATASET -> held.what().equals(dataset);
                case EXCEPTION -> false;
            };
            if (hit) {
                return true;
            }
        }
        return false;
    }

    /** Whether a block is on an identity at a dataset, by itself or by the person whose it was. */
    public boolean identityBlocked(String identity, String dataset) {
        for (Held held : holds) {
            boolean hit = switch (held.kind()) {
                case PERSON -> owns(held.person(), identity);
                case PERSON_AT_DATASET -> held.what().equals(dataset) && owns(held.person(), identity);
                case IDENTITY -> held.what().equals(identity);
                case DATASET -> held.what().equals(dataset);
                case EXCEPTION -> false;
            };
            if (hit) {
                return true;
            }
        }
        return false;
    }

    private boolean owns(String person, String identity) {
        return everLinked.getOrDefault(person, Set.of()).contains(identity);
    }
}
