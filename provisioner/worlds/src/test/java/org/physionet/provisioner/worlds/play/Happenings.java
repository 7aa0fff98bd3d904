package org.physionet.provisioner.worlds.play;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.worlds.cloud.Document;
import org.physionet.provisioner.worlds.cloud.Provider;
import org.physionet.provisioner.worlds.cloud.ShardAdapter;
import org.physionet.provisioner.worlds.truth.Person;
import org.physionet.provisioner.worlds.truth.Truth;

/** What happens outside the engine: in the source, at the providers, with time. */
final class Happenings {
    private static final int MOST_DELETED = 3;

    private final World world;
    private final Truth truth;
    private final RandomGenerator random;
    private int people;
    private int accounts;
    private int deleted;

    Happenings(World world) {
        this.world = world;
        this.truth = world.truth;
        this.random = world.random;
    }

    void begin() {
        truth.datasets.put(Layout.DATASETS.get(0), Truth.Policy.RESTRICTED);
        truth.datasets.put(Layout.DATASETS.get(1), Truth.Policy.CREDENTIALED);
        truth.datasets.put(Layout.DATASETS.get(2), Truth.Policy.REVIEW);
        int n = random.nextInt(10, 15);
        for (int i = 0; i < n; i++) {
            arrive();
        }
        world.provider.account(Layout.CURATOR, Instant.MIN);
        for (Resource resource : world.layout.resources) {
            SortedSet<String> readers = new TreeSet<>();
            if (resource.provider().equals("gcp") && random.nextInt(4) == 0) {
                readers.add(Layout.CURATOR);
            }
            if (random.nextInt(5) == 0) {
                truth.people.values().stream()
                        .map(p -> p.identity(resource.provider()))
                        .filter(id -> id != null && world.provider.takes(id))
                        .limit(3)
                        .forEach(readers::add);
            }
            SortedSet<String> others = new TreeSet<>(List.of("owner:project", "serviceAccount:backup"));
            String name = resource.provider().equals("gcp") ? "policy" : "ap-0";
            world.provider.put(resource.id(), name, readers, others, world.step());
        }
    }

    private Person arrive() {
        Person person = new Person(Integer.toString(++people));
        person.credentialed = random.nextInt(4) > 0;
        person.google = random.nextInt(8) > 0 ? account("@x.org", random.nextInt(8)) : null;
        person.aws = random.nextInt(8) > 0 ? account("", random.nextInt(8)) : null;
        if (random.nextInt(4) > 0) {
            person.trainedAt = now().minus(Duration.ofDays(random.nextInt(25)));
        }
        Layout.DATASETS.stream().filter(d -> random.nextInt(3) > 0).forEach(person.signed::add);
        if (random.nextInt(3) > 0) {
            person.approved.put(Layout.DATASETS.get(2), new Person.Approved(now(), random.nextInt(1, 40)));
        }
        truth.people.put(person.id, person);
        truth.linked(person);
        return person;
    }

    /** A new account: mostly there, sometimes only soon, sometimes a mistake of its owner and never there. */
    private String account(String at, int chance) {
        accounts++;
        String id = at.isEmpty() ? "AIDA" + String.format(Locale.ROOT, "%012d", accounts) : "a" + accounts + at;
        Instant visible =
                chance == 0 ? Provider.NEVER : chance == 1 ? now().plusSeconds(random.nextInt(600)) : Instant.MIN;
        world.provider.account(id, visible);
        return id;
    }

    private Instant now() {
        return world.clock.trueTime();
    }

    @Nullable Person person(int n) {
        List<Person> all = new ArrayList<>(truth.people.values());
        return all.isEmpty() ? null : all.get(Math.floorMod(n, all.size()));
    }

    void source(Act.Source act) {
        Person p = person(act.person());
        String dataset = Layout.DATASETS.get(Math.floorMod(act.dataset(), 3));
        if (p == null) {
            return;
        }
        switch (act.change()) {
            case SIGN -> p.signed.add(dataset);
            case UNSIGN -> p.signed.remove(dataset);
            case TRAIN -> p.trainedAt = now();
            case UNTRAIN -> p.trainedAt = null;
            case APPROVE -> p.approved.put(dataset, new Person.Approved(now(), 1 + Math.floorMod(act.person(), 20)));
            case UNAPPROVE -> p.approved.remove(dataset);
            case CREDENTIAL -> p.credentialed = true;
            case UNCREDENTIAL -> p.credentialed = false;
            case ACTIVATE -> p.active = true;
            case DEACTIVATE -> p.active = false;
            case RELINK_GOOGLE -> p.google = account("@x.org", 1 + act.dataset() % 3);
            case RELINK_AWS -> p.aws = account("", 1 + act.dataset() % 3);
            case UNLINK_GOOGLE -> p.google = null;
            case UNLINK_AWS -> p.aws = null;
            case LINK_NOBODY -> {
                p.google = account("@x.org", 0);
                p.aws = account("", 0);
            }
            case DELETE -> {
                if (deleted < MOST_DELETED) {
                    deleted++;
                    truth.people.remove(p.id);
                }
            }
            case ARRIVE -> arrive();
        }
        truth.linked(p);
    }

    void accountDeleted(Act.AccountDeleted act) {
        Person p = person(act.person());
        String id = p == null ? null : act.google() ? p.google : p.aws;
        if (id != null) {
            world.provider.delete(id, world.step());
        }
    }

    void toNextEnd(boolean after) {
        Instant next = null;
        for (Person p : truth.people.values()) {
            List<Instant> ends = new ArrayList<>();
            if (p.trainedAt != null && truth.validity != null) {
                ends.add(p.trainedAt.plus(truth.validity));
            }
            p.approved.values().forEach(a -> ends.add(a.at().plus(Duration.ofDays(a.days()))));
            for (Instant end : ends) {
                if (end.isAfter(now()) && (next == null || end.isBefore(next))) {
                    next = end;
                }
            }
        }
        if (next != null && next.isBefore(now().plus(Duration.ofDays(40)))) {
            world.clock.pass(Duration.between(now(), next).plusNanos(after ? 1000 : 0));
        }
    }

    void rival(Act.Rival act) {
        Resource resource = world.layout.resource(act.resource());
        Map<String, Document> documents = world.provider.of(resource.id());
        List<String> names = new ArrayList<>(documents.keySet());
        String name = names.get(Math.floorMod(act.which(), names.size()));
        Document now = documents.get(name);
        SortedSet<String> readers = new TreeSet<>(now.people().keySet());
        SortedSet<String> others = new TreeSet<>(now.others());
        switch (act.edit()) {
            case ADD_FOREIGN -> others.add("group:team" + act.which());
            case REMOVE_FOREIGN -> others.removeIf(o -> o.startsWith("group:"));
            case ADD_STRANGER -> {
                if (readers.size() < ShardAdapter.LIMIT - 1) {
                    readers.add(account(resource.provider().equals("gcp") ? "@else.org" : "", 2));
                }
            }
            case REMOVE_READER -> {
                if (!readers.isEmpty()) {
                    world.robbed(resource.id(), readers.first());
                    readers.remove(readers.first());
                }
            }
            case TOUCH -> {
                // The same again: only the version is new.
            }
        }
        world.provider.put(resource.id(), name, readers, others, world.step());
    }
}
