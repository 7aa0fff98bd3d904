package org.physionet.provisioner.engine.planning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;

/** Who links which identity now, in canonical form. */
public final class Links {
    /** Nobody links anything: the source can not be read. */
    public static final Links NONE = new Links(Map.of(), Map.of(), List.of());

    private final Map<ResearcherId, List<Principal>> byPerson;
    private final Map<Principal, SortedSet<ResearcherId>> byPrincipal = new HashMap<>();
    /** Person and kind of those whose account could not be understood, with why. */
    private final Map<ResearcherId, Map<String, String>> unreadable;

    private final List<String> problems;

    private Links(
            Map<ResearcherId, List<Principal>> byPerson,
            Map<ResearcherId, Map<String, String>> unreadable,
            List<String> problems) {
        this.byPerson = byPerson;
        this.unreadable = unreadable;
        this.problems = List.copyOf(problems);
        byPerson.forEach((person, principals) -> principals.forEach(
                p -> byPrincipal.computeIfAbsent(p, k -> new TreeSet<>()).add(person)));
    }

    /** Canonicalises every usable account of a kind that is known; one that can not be is a problem, not an error. */
    public static Links of(Collection<Researcher> people, Collection<IdentityKind> kinds) {
        Map<String, IdentityKind> byName = new TreeMap<>();
        kinds.forEach(kind -> byName.put(kind.kind(), kind));
        Map<ResearcherId, List<Principal>> links = HashMap.newHashMap(people.size());
        Map<ResearcherId, Map<String, String>> unreadable = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Researcher person : people) {
            List<Principal> own = new ArrayList<>();
            for (CloudAccount account : person.accounts()) {
                if (account.unreadable()) {
                    unreadable
                            .computeIfAbsent(person.id(), p -> new TreeMap<>())
                            .put(account.kind(), account.id() + ": " + account.unusable());
                }
                IdentityKind kind = byName.get(account.kind());
                if (kind == null || !account.usable()) {
                    continue;
                }
                try {
                    Principal principal = kind.principal(account);
                    if (!own.contains(principal)) {
                        own.add(principal);
                    }
                } catch (IllegalArgumentException e) {
                    problems.add("researcher " + person.id() + ": " + account.kind() + " account not usable: "
                            + e.getMessage());
                }
            }
            if (!own.isEmpty()) {
                links.put(person.id(), List.copyOf(own));
            }
        }
        return new Links(links, unreadable, problems);
    }

    public List<Principal> of(ResearcherId person) {
        return byPerson.getOrDefault(person, List.of());
    }

    /** Everybody who links an identity, in order. */
    public SortedSet<ResearcherId> holdersOf(Principal principal) {
        return byPrincipal.getOrDefault(principal, Collections.emptySortedSet());
    }

    public Map<ResearcherId, List<Principal>> byPerson() {
        return Collections.unmodifiableMap(byPerson);
    }

    /** Identities that several researchers link: reported, since one person's access is the other's. */
    public Map<Principal, SortedSet<ResearcherId>> shared() {
        Map<Principal, SortedSet<ResearcherId>> shared = new TreeMap<>();
        byPrincipal.forEach((principal, people) -> {
            if (people.size() > 1) {
                shared.put(principal, people);
            }
        });
        return shared;
    }

    /** Why nobody knows which account of a kind a person links now; null: it is known. */
    public @Nullable String unreadable(ResearcherId person, String kind) {
        return unreadable.getOrDefault(person, Map.of()).get(kind);
    }

    /** Accounts that could not be canonicalised, one sentence each. */
    public List<String> problems() {
        return problems;
    }
}
