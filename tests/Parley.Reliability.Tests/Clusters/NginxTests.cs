using Parley.LossChecker.Clusters;

namespace Parley.Reliability.Tests.Clusters;

/// <summary>The example of the documentation is what is run: only addresses change, and nodes that there are not go.</summary>
public sealed class NginxTests
{
    private const string Example = """
        upstream all {
            server 10.0.0.11:8090 max_fails=1; # n1
            server 10.0.0.12:8090 max_fails=1; # n2
        }
        upstream first { # n1
            server 10.0.0.11:8090; # n1
            server 10.0.0.12:8090 backup; # n2
        }
        upstream second { # n2
            server 10.0.0.12:8090; # n2
            server 10.0.0.11:8090 backup; # n1
        }
        map $cookie $home {
            "~\.n2$" second; # n2
        }
        server {
            listen 80;
        }
        """;

    [Fact]
    public void Nodes_get_their_addresses() =>
        Assert.Equal(
            Example.Replace("10.0.0.11:8090", "127.0.0.1:501", StringComparison.Ordinal)
                .Replace("10.0.0.12:8090", "127.0.0.1:502", StringComparison.Ordinal)
                .Replace("listen 80", "listen 127.0.0.1:99", StringComparison.Ordinal),
            Nginx.Fitted(Example, 99, [("n1", 501), ("n2", 502)]));

    [Fact]
    public void What_belongs_to_a_node_that_there_is_not_goes() =>
        Assert.Equal(
            """
            upstream all {
                server 127.0.0.1:501 max_fails=1; # n1
            }
            upstream first { # n1
                server 127.0.0.1:501; # n1
            }
            map $cookie $home {
            }
            server {
                listen 127.0.0.1:99;
            }
            """,
            Nginx.Fitted(Example, 99, [("n1", 501)]));
}
