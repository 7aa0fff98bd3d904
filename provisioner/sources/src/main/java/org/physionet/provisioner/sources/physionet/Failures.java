package org.physionet.provisioner.sources.physionet;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.source.SourceUnreadableException;

/**
 * Says what failed, where, and what to do next. The address is shown without its parameters; a password is neither in it
 * nor in what the driver or the server say.
 */
final class Failures {
    private static final String GRANT = "Run infra/physionet/reader.sql on the database as its owner";

    private final ConnectionSettings settings;

    Failures(ConnectionSettings settings) {
        this.settings = settings;
    }

    SourceUnreadableException notAnAddress() {
        return failure(
                "the address is none that the PostgreSQL driver takes.",
                "Write source.url as" + " jdbc:postgresql://HOST:PORT/NAME.",
                null);
    }

    SourceUnreadableException connecting(SQLException e) {
        String next = switch (state(e)) {
            case "28P01", "28000" -> "Check source.user and source.password, and the server's pg_hba.conf.";
            case "3D000" -> "Check the database's name at the end of source.url.";
            case "53300" -> "The server has no free connection: run again, or raise the role's connection limit.";
            default -> "Check that the database runs and that source.url is reachable from here, then run again.";
        };
        return failure("can not connect: " + e.getMessage() + ".", next, e);
    }

    SourceUnreadableException whileReading(Progress progress, SQLException e) {
        String state = state(e);
        String where = "reading stopped in " + progress + ": " + e.getMessage() + ".";
        if (state.equals("42501")) {
            return failure(where, GRANT + ".", e);
        }
        if (state.startsWith("08") || state.startsWith("57")) {
            return failure(where, "Nothing of what was read is used. Run again when the database answers.", e);
        }
        return failure(where, "Nothing of what was read is used. Check the database's log.", e);
    }

    SourceUnreadableException notPhysioNet(List<String> missing) {
        return failure(
                "expected PhysioNet's tables, found no " + String.join(", ", missing) + ".",
                "Check the database's name in source.url, and that the role has USAGE on the schema (default public) and"
                        + " finds it on its search_path.",
                null);
    }

    SourceUnreadableException denied(List<String> columns) {
        return failure(
                "the role" + (settings.user() == null ? "" : " " + settings.user()) + " may not read "
                        + String.join(", ", columns) + ".",
                GRANT + "; it grants every column that is read, by name.",
                null);
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "" : state;
    }

    private SourceUnreadableException failure(String problem, String next, @Nullable Throwable cause) {
        return new SourceUnreadableException(
                "PhysioNet database " + settings.place() + ": " + problem + " " + next, cause);
    }
}
