package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.Hold.AccessException;
import org.physionet.provisioner.engine.model.Hold.Block;
import org.physionet.provisioner.engine.model.Hold.Target;
import org.physionet.provisioner.engine.store.AccessQueries.HoldHistory;

/** The parts of a hold as texts. */
final class Holds {
    private Holds() {}

    static String kind(Hold hold) {
        return switch (hold) {
            case Block _ -> "block";
            case AccessException _ -> "exception";
        };
    }

    static @Nullable String researcher(Hold hold) {
        return switch (hold) {
            case AccessException exception -> exception.researcher().value();
            case Block block ->
                switch (block.target()) {
                    case Target.Person person -> person.researcher().value();
                    case Target.PersonAtDataset person -> person.researcher().value();
                    case Target.Identity _, Target.WholeDataset _ -> null;
                };
        };
    }

    static @Nullable String dataset(Hold hold) {
        return switch (hold) {
            case AccessException exception -> exception.dataset().toString();
            case Block block ->
                switch (block.target()) {
                    case Target.PersonAtDataset person -> person.dataset().toString();
                    case Target.WholeDataset whole -> whole.dataset().toString();
                    case Target.Identity _, Target.Person _ -> null;
                };
        };
    }

    static @Nullable String principal(Hold hold) {
        return hold instanceof Block block && block.target() instanceof Target.Identity identity
                ? identity.principal().text()
                : null;
    }

    static @Nullable Instant until(Hold hold) {
        return hold instanceof AccessException exception ? exception.until() : null;
    }

    static List<String> waives(Hold hold) {
        return hold instanceof AccessException exception
                ? exception.waives().stream()
                        .map(w -> w.reason().code() + (w.training() == null ? "" : "/" + w.training()))
                        .sorted()
                        .toList()
                : List.of();
    }

    static boolean inForce(HoldHistory history, Instant now) {
        Instant until = until(history.hold());
        return history.liftedAt() == null && (until == null || !until.isBefore(now));
    }
}
