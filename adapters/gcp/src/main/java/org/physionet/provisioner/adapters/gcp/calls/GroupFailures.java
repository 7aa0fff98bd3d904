package org.physionet.provisioner.adapters.gcp.calls;

import com.google.api.client.http.HttpResponseException;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Outcome.AlreadySo;
import org.physionet.provisioner.engine.adapter.Outcome.Rejected;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;

/** What the Directory API means by its refusals (facts/gcp.md 2, rows 13 to 17), which differ from those of policies. */
public final class GroupFailures {
    private final GoogleFailures failures;

    GroupFailures(GoogleFailures failures) {
        this.failures = failures;
    }

    /** Rows 13 and 14. A refusal may be a false alarm: the next read shows whether the person is in after all. */
    public Outcome ofJoin(Exception e, Write write, Principal person) {
        GoogleError error = answer(e);
        if (error != null && error.status() == 409) {
            return new AlreadySo();
        }
        if (error != null && (error.status() == 412 || isAboutMember(error))) {
            return new Rejected(
                    new TreeSet<>(java.util.Set.of(person)), "not a Google account, it seems: " + error.text());
        }
        return failures.ofWrite(e, write);
    }

    /** Row 16: whoever is not there, or not any more, is out. */
    public Outcome ofLeave(Exception e, Write write) {
        GoogleError error = answer(e);
        return error != null && (isAboutMember(error) || isGone(error)) ? new AlreadySo() : failures.ofWrite(e, write);
    }

    /** Row 17: a group that is there already, perhaps by a half-done creation, is as good as made. */
    public Outcome ofCreation(Exception e, Write write) {
        GoogleError error = answer(e);
        return error != null && error.status() == 409 ? new AlreadySo() : failures.ofWrite(e, write);
    }

    /** A write that lets nobody in or out. */
    public Outcome ofUpkeep(Exception e, Write write) {
        return failures.ofWrite(e, write);
    }

    /** Whether the licence knows no memberships that end: 403 with code 3005 or 3006 (facts/gcp.md 1). */
    public boolean isNoEnds(Exception e) {
        GoogleError error = answer(e);
        return error != null && error.status() == 403 && (error.says("3005") || error.says("3006"));
    }

    /** Whether the provider has said no, for good: not a matter of time. */
    public boolean isRefused(Exception e) {
        GoogleError error = answer(e);
        return error != null
                && (error.status() == 400 || error.status() == 403)
                && !TooFast.isSaid(error.status(), error.text());
    }

    /** Whether a read failed because there is no such group; Cloud Identity says 403 for it (row 19). */
    public static boolean isNoGroup(Exception e) {
        GoogleError error = answer(e);
        return error != null && (isGone(error) || error.status() == 403 && error.says("may not exist"));
    }

    private static boolean isGone(GoogleError error) {
        return error.status() == 404;
    }

    private static boolean isAboutMember(GoogleError error) {
        return (error.status() == 400 || error.status() == 404)
                && (error.says("memberkey") || error.says("member key"));
    }

    private static @Nullable GoogleError answer(Exception e) {
        HttpResponseException answer = GoogleFailures.find(e, HttpResponseException.class);
        return answer == null || NotSent.why(e) != null ? null : GoogleError.of(answer);
    }
}
