import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks a Prometheus each query of a Grafana dashboard; ends with 1 if one of them finds nothing, or if the dashboard could not be
 * shown: panels without title, place or data source, or that overlap.
 */
public final class DashboardQueries {

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> cells = new HashSet<>();
    private int queries;

    private DashboardQueries() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(new DashboardQueries().ask(Path.of(arguments[0]), arguments[1]) ? 0 : 1);
    }

    private boolean ask(Path dashboard, String prometheus) throws Exception {
        JsonObject root = JsonParser.parseString(Files.readString(dashboard)).getAsJsonObject();
        for (JsonElement each : root.getAsJsonArray("panels")) {
            JsonObject panel = each.getAsJsonObject();
            String title = panel.get("title").getAsString();
            lay(title, panel.getAsJsonObject("gridPos"));
            if (panel.get("type").getAsString().equals("row")) {
                continue; // a heading
            }
            for (JsonElement target : panel.getAsJsonArray("targets")) {
                if (!target.getAsJsonObject().getAsJsonObject("datasource").get("uid").getAsString().equals("prometheus")) {
                    faults.add(title + ": expected the data source \"prometheus\"");
                }
                query(title, prometheus, target.getAsJsonObject().get("expr").getAsString());
            }
        }
        faults.forEach(fault -> System.out.println("FAILED: " + fault));
        System.out.printf("dashboard: %d panels, %d queries, %d faults%n", root.getAsJsonArray("panels").size(), queries, faults.size());
        return faults.isEmpty() && queries > 0;
    }

    private void lay(String title, JsonObject place) {
        int left = place.get("x").getAsInt();
        int top = place.get("y").getAsInt();
        for (int x = left; x < left + place.get("w").getAsInt(); x++) {
            for (int y = top; y < top + place.get("h").getAsInt(); y++) {
                if (x >= 24 || !cells.add(x + " " + y)) {
                    faults.add(title + ": lies on another panel or outside at " + x + ", " + y);
                    return;
                }
            }
        }
    }

    private void query(String title, String prometheus, String expression) throws Exception {
        queries++;
        URI address = URI.create(prometheus + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        String body = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
        JsonObject answer = JsonParser.parseString(body).getAsJsonObject();
        if (!answer.get("status").getAsString().equals("success")) {
            faults.add(title + ": " + answer.get("error").getAsString());
            return;
        }
        var results = answer.getAsJsonObject("data").getAsJsonArray("result");
        if (results.isEmpty()) {
            faults.add(title + ": nothing found by " + expression);
            return;
        }
        String value = results.get(0).getAsJsonObject().getAsJsonArray("value").get(1).getAsString();
        if (value.equals("NaN")) {
            faults.add(title + ": no number found by " + expression);
        }
        System.out.printf("%-50s %d series, first %s%n", title, results.size(), value);
    }
}
