package org.physionet.provisioner.worlds.play;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Reason;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.worlds.cloud.Identities;
import org.physionet.provisioner.worlds.truth.Person;
import org.physionet.provisioner.worlds.truth.Truth.Held;

/** Records holds, in the engine's record and in the truth. */
final class AdminWork {
    private final World world;
    private int made;

    AdminWork(World world) {
        this.world = world;
    }

    /** Records what the command asks; the person whom it is about, if there is anything to do. */
    Optional<String> hold(Act.Admin act) {
        List<Person> people = List.copyOf(world.truth.people.values());
        if (people.isEmpty()) {
            return Optional.empty();
        }
        Person person = people.get(Math.floorMod(act.person(), people.size()));
        if (act.command() == Act.Admin.Command.LIFT) {
            return lift(act.person());
        }
        String dataset = Layout.DATASETS.get(Math.floorMod(act.dataset(), 3));
        Instant now = world.clock.instant();
        String id = "hold-" + ++made;
        Instant until = now.plus(Duration.ofHours(1 + Math.floorMod(act.person(), 100)));
        String identity = person.google != null ? person.google : person.aws;
        if (act.command() == Act.Admin.Command.BLOCK_IDENTITY && identity == null) {
            return Optional.empty();
        }
        world.record.addHold(hold(act, new HoldId(id), person, DatasetId.parse(dataset), identity, until, now));
        world.truth.holds.add(
                switch (act.command()) {
                    case BLOCK_PERSON -> new Held(id, Held.Kind.PERSON, person.id, "", null);
                    case BLOCK_AT_DATASET -> new Held(id, Held.Kind.PERSON_AT_DATASET, person.id, dataset, null);
                    case BLOCK_IDENTITY -> new Held(id, Held.Kind.IDENTITY, person.id, identity, null);
                    case EXCEPTION, LIFT -> new Held(id, Held.Kind.EXCEPTION, person.id, dataset, until);
                });
        return Optional.of(person.id);
    }

    private Optional<String> lift(int which) {
        List<Held> holds = world.truth.holds;
        if (holds.isEmpty()) {
            return Optional.empty();
        }
        Held held = holds.remove(Math.floorMod(which, holds.size()));
        world.lifted(held);
        world.record.liftHold(new HoldId(held.id()), "admin", "over", world.clock.instant());
        return Optional.of(held.person());
    }

    private Hold hold(
            Act.Admin act, HoldId id, Person person, DatasetId dataset, String identity, Instant until, Instant now) {
        ResearcherId who = new ResearcherId(person.id);
        TreeSet<Principal> identities = new TreeSet<>();
        world.truth.everLinked.getOrDefault(person.id, Set.of()).forEach(i -> identities.add(Identities.of(i)));
        Hold.Target target = switch (act.command()) {
            case BLOCK_PERSON -> new Hold.Target.Person(who, identities);
            case BLOCK_AT_DATASET -> new Hold.Target.PersonAtDataset(who, dataset, identities);
            case BLOCK_IDENTITY -> new Hold.Target.Identity(Identities.of(identity));
            case EXCEPTION, LIFT -> null;
        };
        if (target != null) {
            return new Hold.Block(id, target, "admin", "because", now, null);
        }
        Set<Hold.Waiver> waives = new java.util.HashSet<>();
        List.of(
                        Reason.DUA_UNSIGNED,
                        Reason.NOT_CREDENTIALED,
                        Reason.REQUEST_EXPIRED,
                        Reason.REQUEST_NOT_APPROVED,
                        Reason.TRAINING_EXPIRED,
                        Reason.TRAINING_MISSING)
                .forEach(r -> waives.add(new Hold.Waiver(r, null)));
        return new Hold.AccessException(id, who, dataset, until, waives, "admin", "because", now, null);
    }
}
