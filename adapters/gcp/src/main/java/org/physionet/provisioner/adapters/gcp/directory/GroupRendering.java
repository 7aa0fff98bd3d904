package org.physionet.provisioner.adapters.gcp.directory;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.directory.GroupSeen.Membership;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.adapters.gcp.members.MemberChange;
import org.physionet.provisioner.adapters.gcp.members.Standing;
import org.physionet.provisioner.adapters.gcp.policy.Addition;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Rendering.Unfit;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;

/**
 * The writes of the group layout. Pure. In force is who is in the group <em>and</em> whose group is in the policy: while
 * the door is shut nobody is, whoever is in the group. Whoever is moving into the group is in by either way.
 *
 * <p>Memberships are independent of each other, so each is a write of its own: a refused one delays nobody. Everybody
 * out at once is one write of the policy, which also takes effect sooner than memberships do (facts/gcp.md 0.3).
 */
final class GroupRendering {
    private final GroupSeen group;
    private final GroupTerms terms;
    private final List<Unfit> unfit = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final SortedSet<Principal> wanted = new TreeSet<>();
    private final SortedSet<Principal> leavers = new TreeSet<>();

    GroupRendering(GroupSeen group, GroupTerms terms) {
        this.group = group;
        this.terms = terms;
    }

    Rendering towards(Target target) {
        for (Principal principal : target.edges().keySet()) {
            if (MemberChange.isAccount(principal) || isIn(principal)) {
                wanted.add(principal);
            } else {
                unfit.add(MemberChange.unfit(principal));
            }
        }
        leavers.addAll(group.direct().keySet());
        if (group.open()) {
            leavers.addAll(group.people().keySet());
        }
        leavers.removeAll(wanted);
        if (group.open()) {
            whileOpen(target);
        } else if (wanted.isEmpty()) {
            policy(leavers, List.of(), "", group.policy().placesOf(group.ref().address()));
        } else if (group.hasRoom()) {
            whileShut(target);
        } else {
            wanted.stream()
                    .filter(person -> !group.direct().containsKey(person))
                    .forEach(this::full);
        }
        terms.migration().noteOfLeft(group.policy(), terms.now()).ifPresent(notes::add);
        return new Rendering(writes, new TreeMap<>(), unfit, notes);
    }

    private boolean isIn(Principal person) {
        return group.people().containsKey(person) || group.direct().containsKey(person);
    }

    private void full(Principal person) {
        unfit.add(new Unfit(
                person,
                "the resource's policy is full, the group can not go into it; remove principals from it that are not"
                        + " needed"));
    }

    private void whileOpen(Target target) {
        if (wanted.isEmpty() && !leavers.isEmpty() && terms.shuts()) {
            // In one write, and a policy takes effect sooner than a group (facts/gcp.md 2, row 20).
            policy(leavers, List.of(), "", group.policy().placesOf(group.ref().address()));
            return;
        }
        SortedSet<Principal> moved = terms.migration() == Migration.FINISH ? movable() : new TreeSet<>();
        SortedSet<Principal> direct = new TreeSet<>(group.direct().keySet());
        direct.retainAll(leavers);
        policy(
                direct,
                moved,
                moved.isEmpty() ? "" : "takes out direct entries of the group's members: " + moved.size(),
                new BitSet());
        SortedSet<Principal> slow = new TreeSet<>(leavers);
        slow.retainAll(group.people().keySet());
        Settling.noteOfLeaving(slow.size()).ifPresent(notes::add);
        for (Principal person : leavers) {
            Membership membership = group.people().get(person);
            if (membership != null) {
                List<String> ids = membership.ids();
                add(
                        Set.of(),
                        Set.of(person),
                        Map.of(terms.api().leave(), ids.size()),
                        0,
                        "",
                        new GroupWrite.Leave(group.ref(), ids));
            }
        }
        if (group.exists()
                && group.differences() != null
                && !group.differences().isEmpty()) {
            add(
                    Set.of(),
                    Set.of(),
                    closeCalls(),
                    0,
                    "sets what is open in the group: " + String.join("; ", group.differences()),
                    new GroupWrite.Close(group.ref()));
        }
        wanted.forEach(person -> stay(person, target));
    }

    /**
     * Who needs the direct entry no more: a membership that is still on its way gives no access, whatever the list of
     * members says.
     */
    private SortedSet<Principal> movable() {
        SortedSet<Principal> members = new TreeSet<>(group.direct().keySet());
        members.retainAll(group.people().keySet());
        members.retainAll(wanted);
        Settling settling = new Settling(group.people(), terms.now());
        SortedSet<Principal> moved = new TreeSet<>(members);
        moved.removeIf(person -> !settling.isOver(person));
        members.removeAll(moved);
        settling.note(members).ifPresent(notes::add);
        return moved;
    }

    /** Into the group, or a new end there, or nothing. */
    private void stay(Principal person, Target target) {
        Target.Edge edge = Objects.requireNonNull(target.edges().get(person));
        Membership membership = group.people().get(person);
        if (membership == null) {
            GroupWrite.Join join = join(person, edge);
            boolean direct = group.direct().containsKey(person);
            if (direct && GooglePrincipals.isDead(person.text())) {
                return;
            }
            add(
                    direct ? Set.of() : Set.of(person),
                    Set.of(),
                    Map.of(terms.api().join(), 1),
                    0,
                    direct ? "puts " + person + " into the group" : "",
                    join);
            return;
        }
        if (!group.ends()) {
            return;
        }
        var end = terms.leases().endOf(edge.until(), terms.now(), membership.end());
        if (!Objects.equals(end, membership.end())) {
            add(
                    Set.of(),
                    Set.of(),
                    Map.of(terms.api().extend(), membership.ids().size()),
                    0,
                    "moves the end of " + person + "'s membership",
                    new GroupWrite.Extend(group.ref(), membership.ids(), end));
        }
    }

    private GroupWrite.Join join(Principal person, Target.Edge edge) {
        var end = group.ends() ? terms.leases().endOf(edge.until(), terms.now(), null) : null;
        Standing.Place direct = group.direct().get(person);
        String member = direct == null ? person.text() : direct.spelling();
        return new GroupWrite.Join(group.ref(), person, member.substring(member.indexOf(':') + 1), end);
    }

    private void whileShut(Target target) {
        SortedSet<Principal> grants = new TreeSet<>(wanted);
        grants.retainAll(group.people().keySet());
        grants.removeAll(group.direct().keySet());
        SortedSet<Principal> newcomers = new TreeSet<>(wanted);
        newcomers.removeAll(group.people().keySet());
        newcomers.removeAll(group.direct().keySet());
        GroupWrite.@Nullable Join first = null;
        if (grants.isEmpty() && !newcomers.isEmpty()) {
            Principal person = newcomers.first();
            first = join(person, Objects.requireNonNull(target.edges().get(person)));
            grants.add(person);
        }
        List<String> leftovers = group.people().entrySet().stream()
                .filter(member -> !wanted.contains(member.getKey()))
                .flatMap(member -> member.getValue().ids().stream())
                .toList();
        MemberPolicy after = group.policy()
                .with(places(leavers), List.of(Addition.ofGroup(group.ref().address())));
        GroupWrite.Open open = new GroupWrite.Open(
                group.ref(), !group.exists(), !group.exists() || group.needsClosing(), leftovers, first, after);
        add(grants, leavers, openCalls(open), after.bytes(), grants.isEmpty() ? "lets the group in" : "", open);
        for (Principal person : wanted) {
            if (!grants.contains(person)) {
                stay(person, target);
            }
        }
    }

    private Map<String, Integer> openCalls(GroupWrite.Open open) {
        Map<String, Integer> calls = new TreeMap<>(terms.policyCalls());
        if (open.create()) {
            calls.put(terms.api().insertGroup(), 1);
        }
        if (open.close()) {
            calls.putAll(closeCalls());
        }
        if (!open.leftovers().isEmpty()) {
            calls.put(terms.api().leave(), open.leftovers().size());
        }
        if (open.first() != null) {
            calls.put(terms.api().join(), 1);
        }
        return calls;
    }

    private Map<String, Integer> closeCalls() {
        return terms.api().restricts()
                ? Map.of(SettingsApi.PATCH, 1, NoNesting.UPDATE, 1)
                : Map.of(SettingsApi.PATCH, 1);
    }

    /** One write of the policy without some people's direct entries and without some other entries; none if nothing goes. */
    private void policy(SortedSet<Principal> revokes, Collection<Principal> moved, String upkeep, BitSet more) {
        BitSet dropped = places(revokes);
        dropped.or(places(moved));
        dropped.or(more);
        if (dropped.isEmpty()) {
            return;
        }
        MemberPolicy after = group.policy().with(dropped, List.of());
        add(Set.of(), revokes, terms.policyCalls(), after.bytes(), upkeep, new GroupWrite.Policy(after));
    }

    private BitSet places(Collection<Principal> people) {
        BitSet places = new BitSet();
        SortedMap<Principal, Standing.Place> direct = group.direct();
        for (Principal person : people) {
            Standing.Place place = direct.get(person);
            if (place != null) {
                places.or(place.places());
            }
        }
        return places;
    }

    private void add(
            Set<Principal> grants,
            Set<Principal> revokes,
            Map<String, Integer> calls,
            long bytes,
            String upkeep,
            GroupWrite what) {
        writes.add(new Write(
                document(group.ref().address()),
                new TreeSet<>(grants),
                new TreeSet<>(revokes),
                calls,
                bytes,
                upkeep,
                what));
    }

    static String document(String address) {
        return "group " + address;
    }
}
