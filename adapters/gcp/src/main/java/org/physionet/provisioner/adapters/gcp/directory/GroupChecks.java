package org.physionet.provisioner.adapters.gcp.directory;

import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.engine.adapter.Adapter.Check;

/** What {@code doctor} asks of a group. Reads only. */
final class GroupChecks {
    private final GoogleCalls calls;

    GroupChecks(GoogleCalls calls) {
        this.calls = calls;
    }

    /** What would be repaired by the next run is listed here before it is. */
    Check settings(String address) {
        String what = "settings of group " + address;
        return switch (calls.read(google -> GroupSettings.differences(SettingsApi.read(google, address)))) {
            case Answer.Failed(var why) ->
                new Check(
                        what,
                        false,
                        why.reason(),
                        "give the provisioner the role Groups Administrator, and enable the API: gcloud services enable"
                                + " groupssettings.googleapis.com admin.googleapis.com");
            case Answer.Got(List<String> none) when none.isEmpty() -> new Check(what, true, "closed", "");
            case Answer.Got(List<String> differences) ->
                new Check(
                        what,
                        false,
                        String.join("; ", differences),
                        "the next run sets them; to do it by hand: Google Admin console, Groups, " + address);
        };
    }

    /**
     * Whether groups can be put into the group. Advice where nobody here sees to it: the Directory API has no such setting.
     *
     * @param seenTo whether the next run sets it
     */
    Check nesting(String address, boolean seenTo) {
        String what = "no groups inside group " + address;
        GroupRef group = new GroupRef(address, null);
        return switch (calls.read(google -> NoNesting.difference(google, CloudIdentityApi.name(google, group)))) {
            case Answer.Got(Optional<String> none)
            when none.isEmpty() -> new Check(what, true, "refused by Google", "");
            case Answer.Got(Optional<String> difference)
            when seenTo -> new Check(what, false, difference.orElseThrow(), "the next run sets it");
            case Answer.Got(Optional<String> difference) ->
                new Check(
                        what, true, difference.orElseThrow(), "set gcp.groupsApi: cloud-identity: then a run sets it");
            case Answer.Failed(var why) ->
                new Check(
                        what,
                        true,
                        "not known: " + why.reason(),
                        "to let Cloud Identity be asked: gcloud services enable cloudidentity.googleapis.com");
        };
    }
}
