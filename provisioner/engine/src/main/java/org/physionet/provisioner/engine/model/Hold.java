package org.physionet.provisioner.engine.model;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An admin's standing decision that overrides eligibility. It survives every run until it is lifted or ends. */
public sealed interface Hold {
    HoldId id();

    /** Who decided: an operating-system user and host, or a signed-in subject. */
    String actor();

    /** Why, in the admin's words. */
    String reason();

    Instant madeAt();

    /** A class of holds that can be lifted together; null: none. */
    @Nullable String label();

    /** Never, until lifted. */
    record Block(
            HoldId id,
            Target target,
            String actor,
            String reason,
            Instant madeAt,
            @Nullable String label) implements Hold {}

    /** What a block is on. */
    sealed interface Target {
        /**
         * A person, everywhere; it follows every identity known of them.
         *
         * @param identities known when the block was made, so that it holds for someone whom the source no longer has
         */
        record Person(ResearcherId researcher, SortedSet<Principal> identities) implements Target {
            public Person {
                identities = Collections.unmodifiableSortedSet(new TreeSet<>(identities));
            }
        }

        /** A person at one dataset; follows identities as {@link Person} does. */
        record PersonAtDataset(ResearcherId researcher, DatasetId dataset, SortedSet<Principal> identities)
                implements Target {
            public PersonAtDataset {
                identities = Collections.unmodifiableSortedSet(new TreeSet<>(identities));
            }
        }

        /** One identity, whoever links it. */
        record Identity(Principal principal) implements Target {}

        /** A dataset, for everyone. */
        record WholeDataset(DatasetId dataset) implements Target {}
    }

    /**
     * Yes, until a date, waiving named conditions. A condition that is not waived still ends it.
     *
     * @param until the last instant at which it holds
     */
    record AccessException(
            HoldId id,
            ResearcherId researcher,
            DatasetId dataset,
            Instant until,
            Set<Waiver> waives,
            String actor,
            String reason,
            Instant madeAt,
            @Nullable String label)
            implements Hold {
        public AccessException {
            waives = Set.copyOf(waives);
        }

        public Set<Reason> waivedReasons() {
            EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class);
            waives.forEach(w -> reasons.add(w.reason()));
            return reasons;
        }
    }

    /**
     * One condition that an exception waives.
     *
     * @param training for the training reasons, the one type that is waived; null: any type
     */
    record Waiver(Reason reason, @Nullable TrainingTypeId training) {
        public Waiver {
            if (reason.neverWaived()) {
                throw new IllegalArgumentException(reason.code() + " can not be waived");
            }
        }
    }
}
