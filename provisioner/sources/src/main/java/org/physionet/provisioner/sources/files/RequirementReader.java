package org.physionet.provisioner.sources.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/**
 * Reads what a dataset asks for: a set under {@code requires}, or one of PhysioNet's four policies, which are four such
 * sets, under {@code policy} with {@code trainings} beside it.
 *
 * @param requirement the set
 * @param policy the word for it, for people
 */
record RequirementReader(Requirement requirement, String policy) {
    private static final String POLICY = "policy";
    private static final String REQUIRES = "requires";
    private static final String TRAININGS = "trainings";
    /** What stands for a requirement that can not be read: nobody has everything. The file is refused anyway. */
    private static final RequirementReader UNREADABLE =
            new RequirementReader(new Requirement(true, true, true, new TreeSet<>()), "unreadable");

    static RequirementReader read(Fields fields, Set<TrainingTypeId> known) {
        String policy = fields.optionalText(POLICY);
        Fields requires = fields.object(REQUIRES);
        if (fields.has(POLICY) == (requires != null)) {
            fields.report(POLICY, "expected either policy or requires, found " + (requires == null ? "none" : "both"));
            fields.texts(TRAININGS);
            return UNREADABLE;
        }
        return requires != null ? fromSet(fields, requires, known) : fromPolicy(fields, policy, known);
    }

    private static RequirementReader fromSet(Fields fields, Fields requires, Set<TrainingTypeId> known) {
        if (!fields.texts(TRAININGS).isEmpty()) {
            fields.report(TRAININGS, "expected inside requires, found beside it");
        }
        boolean agreement = requires.flag("agreement", false);
        boolean credential = requires.flag("credential", false);
        boolean approval = requires.flag("approval", false);
        SortedSet<TrainingTypeId> trainings = trainings(requires, known);
        requires.end();
        List<String> words = new ArrayList<>();
        if (agreement) {
            words.add("agreement");
        }
        if (credential) {
            words.add("credential");
        }
        if (approval) {
            words.add("approval");
        }
        if (!trainings.isEmpty()) {
            words.add("trainings");
        }
        return new RequirementReader(
                new Requirement(agreement, credential, approval, trainings),
                words.isEmpty() ? "open" : String.join(", ", words));
    }

    private static RequirementReader fromPolicy(Fields fields, @Nullable String policy, Set<TrainingTypeId> known) {
        SortedSet<TrainingTypeId> trainings = trainings(fields, known);
        return switch (policy) {
            case "open" -> withoutTrainings(fields, policy, Requirement.NONE, trainings);
            case "restricted" ->
                withoutTrainings(fields, policy, new Requirement(true, false, false, new TreeSet<>()), trainings);
            case "credentialed" -> new RequirementReader(new Requirement(true, true, false, trainings), policy);
            case "contributor review" -> new RequirementReader(new Requirement(false, true, true, trainings), policy);
            case null -> UNREADABLE;
            default -> {
                fields.report(
                        POLICY,
                        "expected open, restricted, credentialed or contributor review, found \"" + policy + "\"");
                yield UNREADABLE;
            }
        };
    }

    private static RequirementReader withoutTrainings(
            Fields fields, String policy, Requirement requirement, SortedSet<TrainingTypeId> trainings) {
        if (!trainings.isEmpty()) {
            fields.report(TRAININGS, "the policy " + policy + " asks for none; state the set under requires instead");
        }
        return new RequirementReader(requirement, policy);
    }

    private static SortedSet<TrainingTypeId> trainings(Fields fields, Set<TrainingTypeId> known) {
        SortedSet<TrainingTypeId> trainings = new TreeSet<>();
        for (String text : fields.texts(TRAININGS)) {
            try {
                TrainingTypeId id = new TrainingTypeId(text);
                if (!known.contains(id)) {
                    fields.report(TRAININGS, "expected the id of a training, found \"" + text + "\"");
                } else if (!trainings.add(id)) {
                    fields.report(TRAININGS, "expected each training once, found \"" + text + "\" twice");
                }
            } catch (IllegalArgumentException e) {
                fields.report(TRAININGS, String.valueOf(e.getMessage()));
            }
        }
        return trainings;
    }
}
