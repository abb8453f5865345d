import Crypto
import Yams
import Flourishing
