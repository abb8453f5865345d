{
  "signatures" : [
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "1ebba6dfb4c58f8bb4f70ddf3508f88bad941da7fb2e2a2391a8727a78365410",
      "key" : "l1xv2Jz9Liu8Qxh9/S6/T10bnoumhT2b7JqHSOAsfNw=",
      "signature" : "wA6Y0qN1pHaXalgPh0xaGEFhR0m47py1QuhOvLCvYsO2affIXQW018Kd5YZXr5MYwHDHGEshBvnE7WpGEgZYAw==",
      "signer" : "A signer of the example",
      "version" : "0.1.0"
    },
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "1ebba6dfb4c58f8bb4f70ddf3508f88bad941da7fb2e2a2391a8727a78365410",
      "key" : "iDuGuvGI4yUt/GhC8Tcwk3Mn1APal1xwjALocETtZzE=",
      "signature" : "5DsQ+ggSIIq8vcEVjCxQoRBwDp5wxAD4+LJh+Xc1BPloJogTCQHEkKveUJ1zaCXlEGt0vjvg6T7sRcXuiaHRCw==",
      "signer" : "Another signer of the example",
      "version" : "0.1.0"
    }
  ]
}
