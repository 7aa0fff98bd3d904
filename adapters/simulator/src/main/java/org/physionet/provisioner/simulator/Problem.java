package org.physionet.provisioner.simulator;

/** An error of the simulator itself, not of a provider: RFC 9457. */
final class Problem {
    private Problem() {}

    static Response of(int status, String detail) {
        String body = Json.MAPPER
                .createObjectNode()
                .put("type", "about:blank")
                .put("title", title(status))
                .put("status", status)
                .put("detail", detail)
                .toString();
        return Response.text(status, "application/problem+json", body + "\n");
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Content Too Large";
            default -> "Simulator Error";
        };
    }
}
