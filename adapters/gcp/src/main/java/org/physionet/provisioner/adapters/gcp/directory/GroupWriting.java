package org.physionet.provisioner.adapters.gcp.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.policy.Door;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Outcome.AlreadySo;
import org.physionet.provisioner.engine.adapter.Outcome.Applied;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** Sends one write of the group layout: its calls in order, up to the first that fails. */
final class GroupWriting {
    private final GoogleCalls calls;
    private final Door door;
    private final GroupsApi api;
    private final Resource resource;
    private final Write write;

    GroupWriting(GoogleCalls calls, Door door, GroupsApi api, Resource resource, Write write) {
        this.calls = calls;
        this.door = door;
        this.api = api;
        this.resource = resource;
        this.write = write;
    }

    Outcome send() {
        return switch ((GroupWrite) write.payload()) {
            case GroupWrite.Join join -> join(join);
            case GroupWrite.Leave leave -> leave(leave.group(), leave.ids());
            case GroupWrite.Extend extend -> extend(extend);
            case GroupWrite.Policy(MemberPolicy policy) -> policy(policy);
            case GroupWrite.Open open -> open(open);
            case GroupWrite.Close close -> close(close.group());
        };
    }

    private Outcome join(GroupWrite.Join join) {
        return calls.group(
                google -> {
                    api.join(google, join.group(), join.address(), join.end());
                    return join;
                },
                (failures, e) -> {
                    if (join.end() != null && failures.isNoEnds(e)) {
                        api.hasNoEnds();
                        return new Outcome.Conflict(NO_ENDS);
                    }
                    return failures.ofJoin(e, write, join.person());
                });
    }

    private Outcome extend(GroupWrite.Extend extend) {
        for (String id : extend.ids()) {
            Outcome one = calls.group(
                    google -> {
                        api.extend(google, extend.group(), id, extend.end());
                        return extend;
                    },
                    (failures, e) -> {
                        if (failures.isNoEnds(e)) {
                            api.hasNoEnds();
                            return new Outcome.Conflict(NO_ENDS);
                        }
                        return failures.ofUpkeep(e, write);
                    });
            if (one instanceof Outcome.Failure) {
                return one;
            }
        }
        return new Applied();
    }

    private Outcome leave(GroupRef group, List<String> ids) {
        Outcome all = new AlreadySo();
        for (String each : ids) {
            Outcome one = calls.group(
                    google -> {
                        api.leave(google, group, each);
                        return group;
                    },
                    (failures, e) -> failures.ofLeave(e, write));
            if (one instanceof Outcome.Failure) {
                return one;
            }
            all = one instanceof Applied ? one : all;
        }
        return all;
    }

    private Outcome policy(MemberPolicy policy) {
        return calls.write(write, google -> {
            door.write(google, resource, policy);
            return policy;
        });
    }

    /** The door comes after everything that must be so before it: a failure up to there leaves everybody outside. */
    private Outcome open(GroupWrite.Open open) {
        GroupRef[] group = {open.group()};
        boolean claimed = false;
        if (open.create()) {
            Outcome created = create(group);
            if (created instanceof Outcome.Failure failure) {
                return failure;
            }
            claimed = created instanceof AlreadySo;
        }
        if (open.close() && close(group[0]) instanceof Outcome.Failure failure) {
            return claimed ? new HalfMadeGroup(calls, write, group[0]).cleared(failure) : failure;
        }
        if (leave(group[0], open.leftovers()) instanceof Outcome.Failure failure) {
            return failure;
        }
        Outcome opened = policy(open.policy());
        GroupWrite.@Nullable Join first = open.first();
        return opened instanceof Outcome.Failure || first == null
                ? opened
                : join(new GroupWrite.Join(group[0], first.person(), first.address(), first.end()));
    }

    private Outcome create(GroupRef[] group) {
        return calls.group(
                google -> {
                    group[0] = api.create(google, group[0], resource.id().text());
                    return group[0];
                },
                (failures, e) -> failures.ofCreation(e, write));
    }

    private Outcome close(GroupRef group) {
        Outcome closed = calls.write(write, google -> {
            SettingsApi.close(google, group.address());
            return group;
        });
        return closed instanceof Outcome.Failure || !api.restricts() ? closed : restrict(group);
    }

    /** A licence without it leaves nesting to be watched: {@code drift} shows groups in the group. */
    private Outcome restrict(GroupRef group) {
        return calls.group(
                google -> {
                    NoNesting.set(google, CloudIdentityApi.name(google, group));
                    return group;
                },
                (failures, e) -> {
                    if (failures.isRefused(e)) {
                        api.hasNoRestrictions();
                        return new Applied();
                    }
                    return failures.ofUpkeep(e, write);
                });
    }

    private static final String NO_ENDS =
            "the licence has no memberships that end (facts: Workspace Enterprise Standard and up); they are made without"
                    + " one from now on";
}
