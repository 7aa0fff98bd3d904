package org.physionet.provisioner.simulator.gcp;

import java.util.Optional;
import org.physionet.provisioner.simulator.SimulatedCloud.Verdict;

/**
 * Who calls. Without a token, or with one that is no e-mail address (gcloud insists on some token, facts/gcp.md 7c), it
 * is an administrator who may do everything; otherwise the account of that address.
 *
 * @param address empty for the administrator
 */
record Caller(GoogleState state, Optional<String> address) {

    /** @throws GoogleError if the account can not sign in */
    static Caller of(GoogleState state, Call call) {
        String header = call.header("authorization").orElse("");
        String token = header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : "";
        if (!token.contains("@")) {
            return new Caller(state, Optional.empty());
        }
        Optional<String> barred = Addresses.wellFormed(token)
                ? state.accounts.barred(token)
                : Optional.of("\"" + token + "\" is no e-mail address");
        if (barred.isPresent()) {
            throw new GoogleError(
                    401,
                    "authError",
                    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or"
                            + " other valid authentication credential: " + barred.get() + ".");
        }
        return new Caller(state, Optional.of(token));
    }

    String email() {
        return address.map(state.accounts::spelling).orElse(Accounts.ADMINISTRATOR);
    }

    boolean may(String permission, Target target) {
        return decide(permission, target).allowed();
    }

    Verdict decide(String permission, Target target) {
        return address.map(known -> new Access(state).decide(known, permission, target))
                .orElse(new Verdict(true, "the administrator may do everything"));
    }

    /** @throws GoogleError 403 in Google's words, with the simulator's reason behind them */
    void need(String permission, Target target) {
        Verdict verdict = decide(permission, target);
        if (!verdict.allowed()) {
            throw new GoogleError(
                    403,
                    permission.startsWith("bigquery.") ? "accessDenied" : "forbidden",
                    email() + " does not have " + permission + " access to " + target.label() + ". Permission '"
                            + permission + "' denied on resource (or it may not exist). Simulator: "
                            + verdict.because() + ".");
        }
    }

    /** For what only administrators of the Workspace domain may do. */
    void needAdministrator() {
        if (address.isPresent() && !state.workspaceAdmins.contains(Addresses.key(address.get()))) {
            throw new GoogleError(403, "forbidden", "Not Authorized to access this resource/api");
        }
    }
}
