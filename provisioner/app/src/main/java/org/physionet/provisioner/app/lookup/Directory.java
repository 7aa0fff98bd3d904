package org.physionet.provisioner.app.lookup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.EmailAddress;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.RecordView;

/**
 * Everybody whom the source or our own record knows, by every name: CONTRACT, "RESEARCHER". Our record makes it work for
 * people whom the source no longer has, and without a source at all.
 */
public final class Directory {
    private final SequencedMap<ResearcherId, Person> people = new LinkedHashMap<>();
    private final Map<String, Set<ResearcherId>> byName = new HashMap<>();

    /** @param username last known; null: none */
    private record Person(ResearcherId id, @Nullable String username, List<String> shown) {}

    public Directory(Collection<Researcher> researchers, @Nullable RecordView record) {
        researchers.forEach(this::add);
        if (record != null) {
            addRecorded(record);
        }
    }

    private void add(Researcher researcher) {
        List<String> names = new ArrayList<>();
        names.add(researcher.username());
        names.addAll(researcher.emails());
        for (CloudAccount account : researcher.accounts()) {
            names.add(account.id());
            account.attributes().values().stream().filter(v -> !v.isBlank()).forEach(names::add);
        }
        put(new Person(researcher.id(), researcher.username(), names));
    }

    private void addRecorded(RecordView record) {
        Set<ResearcherId> all = new TreeSet<>(record.identities().keySet());
        all.addAll(record.usernames().keySet());
        for (ResearcherId id : all) {
            List<String> names = new ArrayList<>();
            String username = record.usernames().get(id);
            if (username != null) {
                names.add(username);
            }
            SortedSet<Principal> principals = record.identities().getOrDefault(id, new TreeSet<>());
            principals.forEach(p -> names.add(p.text()));
            put(new Person(id, username, names));
        }
    }

    private void put(Person person) {
        people.putIfAbsent(person.id(), person);
        person.shown()
                .forEach(name ->
                        byName.computeIfAbsent(key(name), k -> new TreeSet<>()).add(person.id()));
    }

    /** One form for all spellings: without {@code user:}, addresses by their mailbox, the rest in lower case. */
    private static String key(String name) {
        String bare = name.startsWith("user:") ? name.substring("user:".length()) : name;
        try {
            return new EmailAddress(bare).matchKey();
        } catch (IllegalArgumentException e) {
            return bare.strip().toLowerCase(Locale.ROOT);
        }
    }

    public boolean knows(ResearcherId id) {
        return people.containsKey(id);
    }

    /** Last known username, or null. */
    public @Nullable String username(ResearcherId id) {
        Person person = people.get(id);
        return person == null ? null : person.username();
    }

    /**
     * The one researcher that a text names; an id names its owner whatever else it may be.
     *
     * @throws UsageError if it names none, with the closest, or several, with the list
     */
    public ResearcherId find(String text) {
        String asked = text.strip();
        for (ResearcherId id : people.keySet()) {
            if (id.value().equals(asked)) {
                return id;
            }
        }
        Set<ResearcherId> found = byName.getOrDefault(key(asked), Set.of());
        if (found.size() == 1) {
            return found.iterator().next();
        }
        throw found.isEmpty() ? none(asked) : several(asked, found);
    }

    private UsageError none(String asked) {
        List<String> names =
                people.values().stream().flatMap(p -> p.shown().stream()).toList();
        List<String> close = Nearest.to(asked, names, 5);
        return new UsageError(Problem.of("Nobody is known as \"" + asked + "\"")
                .expected("an id, a username, an e-mail address, an AWS id or ARN of one of " + people.size()
                        + " researchers")
                .next(close.isEmpty() ? null : "did you mean " + String.join(", ", close) + "?"));
    }

    private UsageError several(String asked, Set<ResearcherId> found) {
        List<String> list = found.stream()
                .map(id -> id + (username(id) == null ? "" : " (" + username(id) + ")"))
                .toList();
        return new UsageError(Problem.of("\"" + asked + "\" names " + found.size() + " researchers")
                .expected("a name of one")
                .found(String.join(", ", list))
                .next("say which by the id"));
    }
}
