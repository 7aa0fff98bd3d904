package org.physionet.provisioner.app.command;

import java.util.Optional;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.engine.store.DriftDecisions.Choice;

/** Why a decision makes no sense for a finding, and what does. Pure. */
final class Objection {
    private Objection() {}

    /** Empty: it makes sense. */
    static Optional<Problem> to(Choice choice, Drift drift) {
        return switch (choice) {
            case RESTORE -> restore(drift);
            case REMOVE -> remove(drift);
            case ADOPT -> adopt(drift);
            case IGNORE ->
                drift.cure() instanceof Cure.None
                        ? no(choice, drift, "there is nothing to decide about it", "provisioner doctor")
                        : Optional.empty();
        };
    }

    private static Optional<Problem> restore(Drift drift) {
        return switch (drift.cure()) {
            case Cure.Edge _ when drift.finding().equals("missing") -> Optional.empty();
            case Cure.Edge _
            when drift.finding().equals("dead") ->
                no(
                        Choice.RESTORE,
                        drift,
                        "the provider has deleted the account",
                        "drift remove tidies it away; the researcher links another account");
            case Cure.Edge _ ->
                no(
                        Choice.RESTORE,
                        drift,
                        "it should not be there, so there is nothing to go back to",
                        "drift remove takes it out, drift adopt takes it into the record, grant makes an exception");
            case Cure.Lease _ -> Optional.empty();
            case Cure.Documents _ -> Optional.empty();
            case Cure.Way _ when drift.finding().equals("widened") -> Optional.empty();
            case Cure.Way _ ->
                no(
                        Choice.RESTORE,
                        drift,
                        "the engine never gave it",
                        "drift remove takes it away, drift ignore keeps it");
            case Cure.Readers _ ->
                no(
                        Choice.RESTORE,
                        drift,
                        "the catalog and the source no longer have it",
                        "list it in the catalog again; or drift remove takes its readers out");
            case Cure.None _ -> no(Choice.RESTORE, drift, "there is nothing to decide about it", "provisioner doctor");
        };
    }

    private static Optional<Problem> remove(Drift drift) {
        return switch (drift.cure()) {
            case Cure.Edge _
            when drift.finding().equals("missing") ->
                no(Choice.REMOVE, drift, "nothing is there", "drift restore lets them in again; revoke keeps them out");
            case Cure.Edge _ -> Optional.empty();
            case Cure.Lease _ ->
                no(
                        Choice.REMOVE,
                        drift,
                        "they are entitled",
                        "drift restore gives the end back; revoke keeps them out");
            case Cure.Documents _ ->
                no(Choice.REMOVE, drift, "entitled people stand there", "drift restore writes it as it should be");
            case Cure.Way _ -> Optional.empty();
            case Cure.Readers _ -> Optional.empty();
            case Cure.None _ -> no(Choice.REMOVE, drift, "there is nothing to decide about it", "provisioner doctor");
        };
    }

    private static Optional<Problem> adopt(Drift drift) {
        if (drift.cure() instanceof Cure.Edge && drift.finding().equals("extra")) {
            return drift.recorded() == null
                    ? Optional.empty()
                    : no(
                            Choice.ADOPT,
                            drift,
                            "the record has it already, as " + drift.recorded(),
                            "drift remove takes it out, grant makes an exception");
        }
        String why = switch (drift.finding()) {
            case "missing" -> "nothing is there to be taken into the record";
            case "dead" -> "a deleted account reads nothing";
            case "orphan" -> "the record has what the engine made";
            default -> "the record has entries of the engine's one role only";
        };
        String next = switch (drift.finding()) {
            case "missing" -> "drift restore lets them in again; revoke keeps them out";
            case "orphan" -> "list it in the catalog again, then adopt the resource; or drift remove";
            case "dead" -> "drift remove";
            default -> "drift ignore keeps it with a reason, drift remove takes it away";
        };
        return no(Choice.ADOPT, drift, why, next);
    }

    private static Optional<Problem> no(Choice choice, Drift drift, String why, String next) {
        return Optional.of(Problem.of("drift " + choice.text() + " makes no sense for " + drift.id() + ", "
                        + drift.finding() + " at " + drift.at().id() + ": " + why + "; nothing was touched")
                .next(next));
    }
}
