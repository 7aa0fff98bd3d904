package org.physionet.provisioner.adapters.gcp.directory;

import java.util.List;
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
}
