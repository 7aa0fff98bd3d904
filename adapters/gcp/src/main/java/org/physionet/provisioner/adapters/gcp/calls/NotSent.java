package org.physionet.provisioner.adapters.gcp.calls;

import com.google.auth.Retryable;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.apache.http.conn.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Outcome.Denied;
import org.physionet.provisioner.engine.adapter.Outcome.Failure;
import org.physionet.provisioner.engine.adapter.Outcome.Unavailable;

/** Failures of a call that never left this machine: certain to have changed nothing, also where it was a write. */
final class NotSent {
    private static final List<Class<? extends Exception>> UNREACHABLE = List.of(
            ConnectException.class,
            ConnectTimeoutException.class,
            UnknownHostException.class,
            NoRouteToHostException.class,
            SSLHandshakeException.class);

    private NotSent() {}

    /** Null: it may have been sent. */
    static @Nullable Failure why(Exception e) {
        GoogleClients.NoCredentialsException none = GoogleFailures.find(e, GoogleClients.NoCredentialsException.class);
        if (none != null) {
            return new Denied(String.valueOf(none.getMessage()));
        }
        // Google's sign-in library marks its own failures with this interface; the call waits for the token.
        Retryable signIn = GoogleFailures.find(e, Retryable.class);
        if (signIn != null) {
            String text = "could not sign in to Google: " + ((Throwable) signIn).getMessage();
            return signIn.isRetryable() ? new Unavailable(text) : new Denied(text);
        }
        for (Class<? extends Exception> type : UNREACHABLE) {
            Exception cause = GoogleFailures.find(e, type);
            if (cause != null) {
                return new Unavailable("could not connect to Google: " + cause.getMessage());
            }
        }
        return null;
    }
}
