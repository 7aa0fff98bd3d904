package org.physionet.provisioner.adapters.gcp.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Rendering.Unfit;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;

/**
 * The writes of the group layout. Pure. In force is who is in the group <em>and</em> whose group is in the policy: while
 * the door is shut nobody is, whoever is in the group.
 *
 * <p>Memberships are independent of each other, so each is a write of its own: a refused one delays nobody. Everybody
 * out at once is one write of the policy, which also takes effect sooner than memberships do (facts/gcp.md 0.3).
 */
final class GroupRendering {
    static final String JOIN = "directory.members.insert";
    static final String LEAVE = "directory.members.delete";

    private final GroupSeen group;
    private final Map<String, Integer> doorCalls;
    private final List<Unfit> unfit = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();

    GroupRendering(GroupSeen group, Map<String, Integer> doorCalls) {
        this.group = group;
        this.doorCalls = doorCalls;
    }

    Rendering towards(Target target) {
        SortedSet<Principal> wanted = new TreeSet<>();
        for (Principal principal : target.edges().keySet()) {
            boolean account = principal.kind().equals(CloudAccount.GOOGLE)
                    && principal.text().startsWith(GooglePrincipals.USER);
            if (account || group.people().containsKey(principal)) {
                wanted.add(principal);
            } else {
                unfit.add(new Unfit(principal, "expected a Google account as user:EMAIL, found " + principal.text()));
            }
        }
        if (group.door().open()) {
            whileOpen(wanted);
        } else if (!wanted.isEmpty() && group.door().room()) {
            whileShut(wanted);
        } else {
            wanted.forEach(principal -> unfit.add(new Unfit(
                    principal,
                    "the resource's policy is full, the group can"
                            + " not go into it; remove principals from it that are not needed")));
        }
        return new Rendering(writes, new TreeMap<>(), unfit);
    }

    private void whileOpen(SortedSet<Principal> wanted) {
        SortedSet<Principal> leavers = new TreeSet<>(group.people().keySet());
        leavers.removeAll(wanted);
        if (wanted.isEmpty() && leavers.size() > 1) {
            GroupWrite.Shut shut = new GroupWrite.Shut(group.door().document());
            writes.add(write(Set.of(), leavers, doorCalls, shut));
            return;
        }
        for (Principal person : leavers) {
            List<String> listed = group.people().getOrDefault(person, List.of());
            writes.add(write(Set.of(), Set.of(person), Map.of(LEAVE, listed.size()), new GroupWrite.Leave(listed)));
        }
        wanted.stream().filter(person -> !group.people().containsKey(person)).forEach(this::join);
    }

    private void whileShut(SortedSet<Principal> wanted) {
        SortedSet<Principal> present = new TreeSet<>(wanted);
        present.retainAll(group.people().keySet());
        @Nullable Principal first = present.isEmpty() ? wanted.first() : null;
        List<String> leftovers = group.people().entrySet().stream()
                .filter(member -> !wanted.contains(member.getKey()))
                .flatMap(member -> member.getValue().stream())
                .toList();
        boolean close = !group.exists() || !group.closedToOthers();
        GroupWrite.Open open = new GroupWrite.Open(
                !group.exists(), close, leftovers, first, group.door().document());
        SortedSet<Principal> grants = new TreeSet<>(present);
        if (first != null) {
            grants.add(first);
        }
        writes.add(write(grants, Set.of(), openCalls(open), open));
        wanted.stream().filter(person -> !grants.contains(person)).forEach(this::join);
    }

    private Map<String, Integer> openCalls(GroupWrite.Open open) {
        Map<String, Integer> calls = new TreeMap<>(doorCalls);
        if (open.create()) {
            calls.put("directory.groups.insert", 1);
        }
        if (open.close()) {
            calls.put("groupsSettings.groups.patch", 1);
        }
        if (!open.leftovers().isEmpty()) {
            calls.put(LEAVE, open.leftovers().size());
        }
        if (open.first() != null) {
            calls.put(JOIN, 1);
        }
        return calls;
    }

    private void join(Principal person) {
        writes.add(write(Set.of(person), Set.of(), Map.of(JOIN, 1), new GroupWrite.Join(person)));
    }

    private Write write(Set<Principal> grants, Set<Principal> revokes, Map<String, Integer> calls, GroupWrite what) {
        return new Write(document(group.address()), new TreeSet<>(grants), new TreeSet<>(revokes), calls, 0, what);
    }

    static String document(String address) {
        return "group " + address;
    }
}
